import Foundation
import Outbound
import Testing

/// Whom the client trusts, tried with certificates made on the spot.
@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    @Test func `the certificates in the CA file are trusted`() async throws {
        try await withTLSServer(host: "localhost") { server, client in
            let response = try await client.execute(OutboundRequest(.get, server.url(host: "localhost")))
            #expect(response.status == 200)
        }
    }

    @Test(arguments: [
        (name: "127.0.0.1", isTrusted: true, options: [], why: "made out to another name"),
        (name: "localhost", isTrusted: false, options: [], why: "signed by nobody known"),
        (name: "localhost", isTrusted: true, options: ["-tls1_1"], why: "an old version of TLS"),
    ])
    func `nobody else is`(name: String, isTrusted: Bool, options: [String], why: String) async throws {
        try await withTLSServer(host: "localhost", isTrusted: isTrusted, options: options) { server, client in
            let error = await failure(client, OutboundRequest(.post, server.url(host: name)))
            #expect(error == .tlsFailed, "\(why)")
            #expect(error?.mayHaveReachedServer == false)
        }
    }

    private func withTLSServer(
        host: String,
        isTrusted: Bool = true,
        options: [String] = [],
        _ body: (TLSServer, OutboundClient) async throws -> Void
    ) async throws {
        let server = try TLSServer(certificateFor: host, options: options)
        defer { server.stop() }
        let policy = AddressPolicy(privateTargets: [try PrivateTarget("127.0.0.0/8")])
        try await withClient(policy: policy, caFile: isTrusted ? server.certificateFile : nil) { client in
            try await body(server, client)
        }
    }
}
