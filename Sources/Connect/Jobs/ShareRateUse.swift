public import Storage

extension Portal {
    /// Adds what this process admitted to what all admitted together, and returns the totals.
    ///
    /// In the order of their names, so that two processes do not wait for each other.
    public func add(_ uses: [RateUse]) async throws -> [RateUse] {
        let now = now()
        let sorted = uses.sorted { $0.name < $1.name }
        return try await store.write { transaction in try sorted.map { try transaction.add($0, at: now) } }
    }
}
