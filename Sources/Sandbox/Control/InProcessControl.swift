/// The control API for tests that run in the sandbox's own process.
extension Sandbox {
    public func update(_ clientID: String, _ change: (inout SandboxClient) -> Void) {
        withState { state in
            if var client = state.clients[clientID] {
                change(&client)
                state.clients[clientID] = client
            }
        }
    }

    /// How many requests an endpoint has seen since the start or the last reset.
    public func requestCount(_ endpoint: Faults.Endpoint) -> Int { withState { $0.requests.totals[endpoint] ?? 0 } }
}
