internal import Logging
internal import Storage

extension Portal {
    /// At start: whether the database is where tokens were last renewed from it.
    ///
    /// A copy, or one that was restored, keeps everything and renews nothing until `moveIn`.
    public func checkHome() async throws {
        let place = try await store.place()
        let paused = entry(.refreshesPaused, by: .portal, on: nil, of: nil)
        let home = try await store.write { transaction in
            let known = try transaction.home()
            if known?.place == place { return known }
            let here = Home(place: place, isPaused: known != nil)
            try transaction.set(here)
            if here.isPaused { try record(paused, in: transaction) }
            return here
        }
        guard home?.isPaused == true else { return }
        log.warning(
            "this database is a copy: no token is renewed or revoked until `connect-portal refreshes resume`"
        )
    }

    /// Goes on from here; the operator knows that no other copy does.
    public func moveIn() async throws {
        let place = try await store.place()
        let resumed = entry(.refreshesResumed, by: .operator, on: nil, of: nil)
        try await store.write { transaction in
            try transaction.set(Home(place: place, isPaused: false))
            try record(resumed, in: transaction)
        }
        log.notice("tokens are renewed from here")
    }

    public func isPaused() async throws -> Bool { try await store.read { try $0.home()?.isPaused ?? false } }
}
