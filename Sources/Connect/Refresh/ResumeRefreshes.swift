internal import Logging
internal import Storage

extension Portal {
    /// At the start of the only process on a database: what one before it left under way is nobody's now, and is due.
    ///
    /// Where there are several the rows become free by themselves, after `RefreshAttempt.longest`.
    public func resumeRefreshes() async throws {
        guard !store.isShared else { return }
        let count = try await store.write { try $0.endHolds() }
        if count > 0 { log.notice("refreshes were interrupted and are tried again", metadata: ["count": "\(count)"]) }
    }

    /// Where the clock went back, plans were made at times that have not come: what they say of expiry is not believed.
    public func mistrustPlans() async throws {
        let now = now()
        let count = try await store.write { try $0.mistrustPlans(after: now + .seconds(60), now: now) }
        if count > 0 { log.warning("the clock went back; tokens are renewed", metadata: ["count": "\(count)"]) }
    }
}

extension Job {
    static let mistrustPlans = Job(name: "mistrustPlans", period: .seconds(60)) { try await $0.mistrustPlans() }
}
