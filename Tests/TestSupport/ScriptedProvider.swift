public import Outbound
internal import Synchronization

/// Stands in for the network: answers by the end of the URL's path, and remembers every request.
public final class ScriptedProvider: Sendable {
    public enum Reply: Sendable {
        case answer(status: Int, headers: [(String, String)], body: String)
        case failure(TransportError)
    }

    private struct State {
        var replies: [String: Reply] = [:]
        var requests: [OutboundRequest] = []
        var actions: [String: @Sendable () async -> Void] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    public func reply(to path: String, status: Int = 200, headers: [(String, String)] = [], _ body: String) {
        state.withLock { $0.replies[path] = .answer(status: status, headers: headers, body: body) }
    }

    public func reply(to path: String, _ reply: Reply) {
        state.withLock { $0.replies[path] = reply }
    }

    /// What happens while a request to such a path is under way, before its answer is chosen.
    public func during(_ path: String, _ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.actions[path] = action }
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
        let action = state.withLock { state in
            state.requests.append(request)
            return state.actions.first { Self.path(request.url).hasSuffix($0.key) }?.value
        }
        await action?()
        let reply = state.withLock { state in
            state.replies.first { Self.path(request.url).hasSuffix($0.key) }?.value
        }
        // Lets requests that arrive together really overlap.
        await Task.yield()
        switch reply {
        case .answer(let status, let headers, let body):
            return OutboundResponse(
                status: status,
                headers: [("Content-Type", "application/json")] + headers,
                body: Array(body.utf8)
            )
        case .failure(let error): throw error
        case nil: return OutboundResponse(status: 404, headers: [], body: [])
        }
    }

    private static func path(_ url: String) -> String { String(url.prefix { $0 != "?" }) }
}
