import Outbound
import Testing

/// What a misbehaving server does once it read the request.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var error: TransportError
    var act: @Sendable (Conversation) -> Void

    init(_ description: String, _ error: TransportError, _ act: @escaping @Sendable (Conversation) -> Void) {
        testDescription = description
        self.error = error
        self.act = act
    }

    static let all = [
        Misbehaviour("closes unanswered", .connectionLost) { _ in },
        Misbehaviour("resets the connection", .connectionLost) { $0.reset() },
        Misbehaviour("stops in the middle of the headers", .connectionLost) { $0.send("HTTP/1.1 200 OK\r\nX-A: ") },
        Misbehaviour("stops in the middle of the body", .connectionLost) {
            $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        },
        Misbehaviour("never answers", .timedOut) { $0.waitForClose() },
        Misbehaviour("never ends the body", .timedOut) {
            $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            $0.waitForClose()
        },
        Misbehaviour("announces too much", .bodyTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")
            $0.waitForClose()
        },
        Misbehaviour("sends without end", .bodyTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\n\r\n")
            while $0.send([UInt8](repeating: 0x20, count: 65536)) {}
        },
        Misbehaviour("sends chunks without end", .bodyTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while $0.send("1000\r\n" + String(repeating: " ", count: 4096) + "\r\n") {}
        },
        Misbehaviour("sends headers without end", .headersTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\n")
            while $0.send("X-Pad: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n") {}
        },
        Misbehaviour("sends one header without end", .headersTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\nX-Pad: ")
            while $0.send([UInt8](repeating: 0x61, count: 4096)) {}
        },
        Misbehaviour("sends trailers without end", .headersTooLarge) {
            $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
            while $0.send("X-Pad: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n") {}
        },
        Misbehaviour("speaks HTTP/0.9", .malformedResponse) { $0.send("hello\r\n") },
        Misbehaviour("folds a header", .malformedResponse) {
            $0.send("HTTP/1.1 200 OK\r\nX-A: 1\r\n X-B: 2\r\nContent-Length: 0\r\n\r\n")
        },
        Misbehaviour("sends a header without a name", .malformedResponse) {
            $0.send("HTTP/1.1 200 OK\r\n: 1\r\nContent-Length: 0\r\n\r\n")
        },
        Misbehaviour("answers with no known class of status", .malformedResponse) { $0.respond("999 What") },
    ]
}

@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
    @Test(arguments: Misbehaviour.all)
    func `a misbehaving server gets one request and gives one error`(_ misbehaviour: Misbehaviour) async throws {
        try await withServer { conversation in
            guard conversation.nextRequest() != nil else { return }
            misbehaviour.act(conversation)
        } _: { server, client in
            var request = OutboundRequest(.post, server.url, body: [0x61])
            request.limits.maxBodyBytes = 100_000
            if misbehaviour.error == .timedOut { request.limits.timeout = .milliseconds(200) }
            #expect(await failure(client, request) == misbehaviour.error)
            #expect(misbehaviour.error.mayHaveReachedServer)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a refused connection cannot have reached the server`() async throws {
        try await withServer(echo) { server, client in
            server.stop()
            let error = await failure(client, OutboundRequest(.post, server.url))
            #expect(error == .connectionFailed)
            #expect(error?.mayHaveReachedServer == false)
        }
    }

    @Test func `a name with one forbidden address may still use its other one`() async throws {
        // localhost is usually [::1] as well, which this policy does not list.
        try await withServer(echo) { server, client in
            let url = "http://localhost:\(server.port)"
            let response = try await client.execute(OutboundRequest(.get, url, usesFreshConnection: true))
            #expect(response.status == 200)
            server.stop()
            let error = await failure(client, OutboundRequest(.get, url, usesFreshConnection: true))
            #expect(error == .connectionFailed)
        }
    }

    @Test func `a TLS handshake that is never answered is a connect error`() async throws {
        try await withServer {
            $0.waitForClose()
        } _: { server, client in
            var request = OutboundRequest(.post, "https://127.0.0.1:\(server.port)")
            request.limits.connectTimeout = .milliseconds(200)
            let error = await failure(client, request)
            #expect(error == .connectTimedOut)
            #expect(error?.mayHaveReachedServer == false)
        }
    }

    @Test func `a name that does not exist`() async throws {
        try await withClient(policy: loopback()) { client in
            #expect(await failure(client, OutboundRequest(.get, "https://does-not-exist.invalid")) == .nameNotResolved)
        }
    }

    @Test(arguments: [
        ("X-A", "1\r\nX-B: 2"), ("X-A", "1\n2"), ("X-A", "1\0"), ("X-A\r\nX-B", "1"), ("X A", "1"), ("X-A:", "1"),
        ("", "1"), ("Content-Length", "0"), ("transfer-encoding", "chunked"),
    ])
    func `a header that could smuggle something is refused`(name: String, value: String) async throws {
        try await withServer(echo) { server, client in
            let error = await failure(client, OutboundRequest(.get, server.url, headers: [(name, value)]))
            #expect(error == .invalidHeader(name: name))
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `a certificate file that is missing is noticed at the start`() throws {
        #expect(throws: TransportError.misconfigured(setting: "CAINFO")) {
            try OutboundClient(policy: AddressPolicy(), caFile: "/nonexistent.pem")
        }
    }
}
