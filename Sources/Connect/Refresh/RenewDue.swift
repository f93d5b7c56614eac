internal import Storage

extension Portal {
    /// Renews what is due, until nothing is: so many at once in total and of one integration, so that a provider that
    /// is slow holds up its own connections alone, and requests always find a free connection.
    ///
    /// Every process may do so at the same time: each row is taken by one of them.
    public func renewDue(atOnce total: Int = 16, ofOneIntegration: Int = 4) async throws {
        guard try await !isPaused() else { return }
        let places = Places(total)
        try await withThrowingTaskGroup(of: String?.self) { group in
            var draining: Set<String> = []
            var drained: Set<String> = []
            var isTicking = false
            while !Task.isCancelled {
                let now = now()
                let due = try await store.read { try $0.integrationsDue(at: now) }
                for name in due where !drained.contains(name) && draining.insert(name).inserted {
                    group.addTask {
                        try await drain(name, atOnce: ofOneIntegration, places)
                        return name
                    }
                }
                guard !draining.isEmpty else { break }
                if !isTicking {
                    isTicking = true
                    group.addTask {
                        try? await Task.sleep(for: .seconds(1))
                        return nil
                    }
                }
                if let name = try await group.next() ?? nil {
                    draining.remove(name)
                    drained.insert(name)
                } else {
                    // What became due meanwhile does not wait for the slowest.
                    isTicking = false
                    drained = []
                }
            }
            group.cancelAll()
        }
    }

    /// Renews what is due of one integration, the longest due first.
    private func drain(_ integration: String, atOnce count: Int, _ places: Places) async throws {
        var seen: Set<Connection.ID> = []
        while !Task.isCancelled {
            let now = now()
            let due = try await store.read { try $0.dueRenewals(of: integration, at: now, limit: 64) }
            let new = due.filter { seen.insert($0.connectionID).inserted }
            guard !new.isEmpty else { return }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, renewal) in new.enumerated() {
                    if index >= count { try await group.next() }
                    group.addTask { try await places.using { try await renew(renewal) } }
                }
                try await group.waitForAll()
            }
        }
    }

    private func renew(_ renewal: Renewal) async throws {
        let (id, organization, now) = (renewal.connectionID, renewal.organizationID, now())
        let connection = try await store.read { transaction in
            try transaction.isDue(renewal, at: now) ? transaction.connection(id, of: organization) : nil
        }
        guard let connection else { return }
        if case .broken = await refresh(connection) { throw StorageError.unavailable("a refresh was not written down") }
    }
}

/// So many at once; who comes later waits for a place, in the order of coming.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func using(_ work: @Sendable () async throws -> Void) async throws {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
        defer {
            if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        }
        try await work()
    }
}
