internal import Logging
internal import Storage

extension Portal {
    /// At start: whether the database is where tokens were last renewed from it.
    ///
    /// A copy, or one that was restored, keeps everything and renews nothing until `moveIn`.
    public func checkHome() async throws {
        let place = try await store.place()
        let home = try await store.write { transaction in
            let known = try transaction.home()
            if known?.place == place { return known }
            let here = Home(place: place, isPaused: known != nil)
            try transaction.set(here)
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
        try await store.write { try $0.set(Home(place: place, isPaused: false)) }
        log.notice("tokens are renewed from here")
    }

    public func isPaused() async throws -> Bool { try await store.read { try $0.home()?.isPaused ?? false } }
}
