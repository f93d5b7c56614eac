internal import Storage

extension Portal {
    /// Renews what is due, until nothing is: so many at once in total and of one integration, so that a provider that
    /// is slow holds up its own connections alone, and requests always find a free connection.
    ///
    /// Every process may do so at the same time: each row is taken by one of them.
    public func renewDue(atOnce total: Int = 16, ofOneIntegration: Int = 4) async throws {
        guard try await !isPaused() else { return }
        var underWay: [Connection.ID: String] = [:]
        try await withThrowingTaskGroup(of: Connection.ID.self) { group in
            while !Task.isCancelled {
                let counts = underWay.values.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
                let busy = counts.filter { $0.value >= ofOneIntegration }.keys.sorted()
                // Those under way may still be in the answer, until they are taken.
                let limit = total + underWay.count
                let now = now()
                let due =
                    underWay.count < total
                    ? try await store.read { try $0.dueRenewals(at: now, exceptOf: busy, limit: limit) } : []
                var room = counts
                for renewal in due where underWay[renewal.connectionID] == nil && underWay.count < total {
                    guard room[renewal.integrationName, default: 0] < ofOneIntegration else { continue }
                    room[renewal.integrationName, default: 0] += 1
                    underWay[renewal.connectionID] = renewal.integrationName
                    group.addTask {
                        try await self.renew(renewal)
                        return renewal.connectionID
                    }
                }
                guard let done = try await group.next() else { return }
                underWay[done] = nil
            }
        }
    }

    private func renew(_ renewal: Renewal) async throws {
        let (id, organization) = (renewal.connectionID, renewal.organizationID)
        guard let connection = try await store.read({ try $0.connection(id, of: organization) }),
            connection.refreshing?.dueAt.map({ $0 <= now() }) == true
        else { return }
        if case .broken = await refresh(connection) { throw StorageError.unavailable("a refresh was not written down") }
    }
}
