public import Outbound
internal import Synchronization

/// Stands in for the network: answers by the end of the URL's path, and remembers every request.
public final class ScriptedProvider: Sendable {
    public enum Reply: Sendable {
        case answer(status: Int, body: String)
        case failure(TransportError)
    }

    private struct State {
        var replies: [String: Reply] = [:]
        var requests: [OutboundRequest] = []
    }

    private let state = Mutex(State())

    public init() {}

    public func reply(to path: String, status: Int = 200, _ body: String) {
        state.withLock { $0.replies[path] = .answer(status: status, body: body) }
    }

    public func fail(_ path: String, with error: TransportError) {
        state.withLock { $0.replies[path] = .failure(error) }
    }

    /// The requests whose path ends so, in order.
    public func requests(to path: String) -> [OutboundRequest] {
        state.withLock { $0.requests.filter { Self.path($0.url).hasSuffix(path) } }
    }

    public var requestCount: Int { state.withLock { $0.requests.count } }

    @Sendable public func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let reply = state.withLock { state in
            state.requests.append(request)
            return state.replies.first { Self.path(request.url).hasSuffix($0.key) }?.value
        }
        // Lets requests that arrive together really overlap.
        await Task.yield()
        switch reply {
        case .answer(let status, let body):
            return OutboundResponse(
                status: status,
                headers: [("Content-Type", "application/json")],
                body: Array(body.utf8)
            )
        case .failure(let error): throw error
        case nil: return OutboundResponse(status: 404, headers: [], body: [])
        }
    }

    private static func path(_ url: String) -> String { String(url.prefix { $0 != "?" }) }
}
