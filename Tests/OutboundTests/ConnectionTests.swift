import Outbound
import Testing

/// Whether requests share connections, and what libcurl does when a shared one turns out dead.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test(arguments: [(false, 1), (true, 3)])
    func `connections are kept, except fresh ones`(isFresh: Bool, connections: Int) async throws {
        try await withServer(echo) { server, client in
            for _ in 0..<3 {
                _ = try await client.execute(OutboundRequest(.get, server.url, usesFreshConnection: isFresh))
            }
            #expect(server.connectionCount == connections)
        }
    }

    /// Answers the first request of a connection and dies on the second, as a server that acted and crashed.
    private static let dyingServer: TestServer.Behaviour = { conversation in
        guard conversation.nextRequest() != nil else { return }
        conversation.respond()
        _ = conversation.nextRequest()
    }

    @Test(arguments: [OutboundRequest.Method.post, .patch])
    func `what is not idempotent is never sent twice`(method: OutboundRequest.Method) async throws {
        try await withServer(Self.dyingServer) { server, client in
            _ = try await client.execute(OutboundRequest(.get, server.url))
            let error = await failure(client, OutboundRequest(method, server.url, body: [0x61]))
            #expect(error == .connectionLost)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `an idempotent request may be repeated on a new connection`() async throws {
        try await withServer(Self.dyingServer) { server, client in
            _ = try await client.execute(OutboundRequest(.get, server.url))
            let response = try await client.execute(OutboundRequest(.get, server.url))
            #expect(response.status == 200)
            #expect(server.requests.count == 3)
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `a fresh connection spares a POST the fate of the pooled one`() async throws {
        try await withServer(Self.dyingServer) { server, client in
            _ = try await client.execute(OutboundRequest(.get, server.url))
            let request = OutboundRequest(.post, server.url, body: [0x61], usesFreshConnection: true)
            let response = try await client.execute(request)
            #expect(response.status == 200)
            #expect(server.requests.count == 2)
        }
    }
}
