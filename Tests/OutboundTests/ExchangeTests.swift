import Foundation
import Outbound
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExchangeTests {
    @Test(
        arguments: [
            (OutboundRequest.Method.get, nil, nil), (.post, "a=1", "3"), (.post, nil, "0"), (.put, "x", "1"),
            (.patch, "{}", "2"), (.delete, nil, nil), (.delete, "x", "1"),
        ] as [(OutboundRequest.Method, String?, String?)]
    )
    func `sends the method, the path and the body as given`(
        method: OutboundRequest.Method,
        body: String?,
        length: String?
    ) async throws {
        try await withServer(echo) { server, client in
            let request = OutboundRequest(method, "\(server.url)/a?b=c", body: body.map { Array($0.utf8) })
            let response = try await client.execute(request)
            #expect(response.status == 200)
            #expect(response.header("x-line") == "\(method.rawValue) /a?b=c HTTP/1.1")
            #expect(response.text == body ?? "")
            #expect(server.requests.first?.header("content-length") == length)
        }
    }

    @Test func `sends the headers given, a user agent, and nothing of libcurl's own`() async throws {
        try await withServer(echo) { server, client in
            let headers = [("Authorization", "Basic eA=="), ("X-Empty", ""), ("Content-Type", "text/plain")]
            _ = try await client.execute(OutboundRequest(.post, server.url, headers: headers, body: [0x61]))
            let names = server.requests[0].headers.map { $0.lowercased() }.sorted()
            #expect(
                names == [
                    "accept: */*", "authorization: basic ea==", "content-length: 1", "content-type: text/plain",
                    "host: 127.0.0.1:\(server.port)", "user-agent: connect-portal", "x-empty:",
                ]
            )
        }
    }

    @Test func `a large body goes at once, without asking first`() async throws {
        try await withServer(echo) { server, client in
            var request = OutboundRequest(.put, server.url, body: [UInt8](repeating: 0x61, count: 2 << 20))
            request.limits.maxBodyBytes = 2 << 20
            let response = try await client.execute(request)
            #expect(response.body.count == 2 << 20)
            #expect(server.requests[0].header("expect") == nil)
            #expect(server.requests[0].header("content-type") == nil)
        }
    }

    @Test(arguments: ["302 Found", "307 Temporary Redirect"])
    func `a redirect is a response`(status: String) async throws {
        try await withServer { conversation in
            _ = conversation.nextRequest()
            conversation.respond(status, headers: ["Location: http://127.0.0.1:1/steal"])
        } _: { server, client in
            let response = try await client.execute(OutboundRequest(.post, server.url))
            #expect(response.status == Int(status.prefix(3)))
            #expect(response.header("location") == "http://127.0.0.1:1/steal")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a compressed body stays compressed`() async throws {
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        try await withServer { conversation in
            _ = conversation.nextRequest()
            conversation.send(
                Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n".utf8) + gzip
            )
        } _: { server, client in
            let response = try await client.execute(OutboundRequest(.get, server.url))
            #expect(response.body == gzip)
            #expect(server.requests[0].header("accept-encoding") == nil)
        }
    }

    @Test func `only the final response's headers count, not hints nor trailers`() async throws {
        try await withServer { conversation in
            _ = conversation.nextRequest()
            conversation.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nX-A:  1 \r\nx-a: 2\r\n")
            conversation.send("Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Late: 3\r\n\r\n")
        } _: { server, client in
            let response = try await client.execute(OutboundRequest(.get, server.url))
            #expect(response.status == 200)
            #expect(
                response.headers.map { "\($0.name)=\($0.value)" } == ["X-A=1", "x-a=2", "Transfer-Encoding=chunked"]
            )
            #expect(response.text == "hi")
        }
    }

    @Test func `a proxy in the environment is ignored`() async throws {
        try await withServer(echo) { server, client in
            let response = try await client.execute(OutboundRequest(.get, server.url))
            #expect(response.header("x-line") == "GET / HTTP/1.1")
        }
    }

    @Test func `a Unix socket needs no address policy`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).sock").path
        let server = try TestServer(unixSocketPath: path, echo)
        defer {
            server.stop()
            unlink(path)
        }
        try await withClient(policy: AddressPolicy()) { client in
            let request = OutboundRequest(.get, "http://control/status", unixSocketPath: path)
            let response = try await client.execute(request)
            #expect(response.header("x-line") == "GET /status HTTP/1.1")
        }
    }
}
