import Glibc
import Outbound

/// Runs `body` with a server and a client that may reach it, and stops both whatever happens.
func withServer(
    _ behaviour: @escaping TestServer.Behaviour,
    policy: AddressPolicy? = nil,
    maxConnections: Int = 64,
    maxQueued: Int = 4096,
    _ body: (TestServer, OutboundClient) async throws -> Void
) async throws {
    let server = try TestServer(behaviour)
    defer { server.stop() }
    try await withClient(policy: policy ?? loopback(), maxConnections: maxConnections, maxQueued: maxQueued) { client in
        try await body(server, client)
    }
}

func withClient(
    policy: AddressPolicy,
    caFile: String? = nil,
    maxConnections: Int = 64,
    maxQueued: Int = 4096,
    _ body: (OutboundClient) async throws -> Void
) async throws {
    setProxyEnvironment
    let client = try OutboundClient(
        policy: policy,
        caFile: caFile,
        maxConnections: maxConnections,
        maxQueued: maxQueued
    )
    do {
        try await body(client)
    } catch {
        await client.shutDown()
        throw error
    }
    await client.shutDown()
}

func loopback() throws -> AddressPolicy {
    AddressPolicy(privateTargets: [try PrivateTarget("127.0.0.0/8")])
}

func failure(_ client: OutboundClient, _ request: OutboundRequest) async -> TransportError? {
    do throws(TransportError) {
        _ = try await client.execute(request)
        return nil
    } catch {
        return error
    }
}

extension OutboundResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Answers every request with its own words.
let echo: TestServer.Behaviour = { conversation in
    while let request = conversation.nextRequest() {
        conversation.respond(headers: ["X-Line: \(request.line)"], body: request.body)
    }
}

/// Reads the request and never answers.
let tarpit: TestServer.Behaviour = { conversation in
    _ = conversation.nextRequest()
    conversation.waitForClose()
}

/// Nobody listens there: a proxy that is used after all makes every test fail.
private let setProxyEnvironment: Void = {
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        setenv(name, "http://127.0.0.1:1", 1)
    }
}()
