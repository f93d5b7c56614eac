public import Storage

extension Portal {
    /// Makes one attempt, and tells how it ended.
    func counting(
        _ connection: Connection,
        _ attempt: () async throws -> RefreshResult
    ) async throws -> RefreshResult {
        var outcome = RefreshOutcome.notStored
        defer { observe(.refreshed(integration: connection.integrationName, outcome)) }
        let result = try await attempt()
        switch result {
        case .live, .paused: outcome = .renewed
        case .failed(let kind): outcome = RefreshOutcome(kind)
        case .gone: outcome = .connectionGone
        case .broken: break
        }
        return result
    }

    /// How many refreshes are under way in this process.
    public var refreshesUnderWay: Int { flights.count }

    /// What is due for a refresh, or under way in any process, and the longest due.
    public func refreshesDue() async throws -> (count: Int, oldest: Instant?) {
        let now = now()
        return try await store.read { try $0.due(at: now) }
    }
}
