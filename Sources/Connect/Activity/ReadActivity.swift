public import Storage

extension Portal {
    /// Part of the audit log, for a key that may read it; one that is limited to workspaces sees those.
    public func activity(
        for key: APIKey,
        _ filter: ActivityFilter,
        limit: Int,
        after cursor: Cursor?
    ) async throws -> ActivityPage {
        guard key.mayReadActivity else { throw PortalError(.forbidden, "This API key may not read the activity") }
        var filter = filter
        filter.workspaces = key.limitedTo
        return try await store.read { [filter] in
            try $0.activity(of: key.organizationID, filter, limit: limit, after: cursor)
        }
    }
}
