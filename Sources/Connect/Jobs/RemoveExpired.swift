internal import Storage

extension Job {
    /// Removes what nobody can use any more: sign-ins and answers to idempotency keys a day after their end, connect
    /// sessions after 90 days, of which an older installation may have so many that each run removes only some.
    static let removeExpired = Job(name: "removeExpired", period: .seconds(60)) { portal in
        let now = portal.now()
        var hasMore = true
        while hasMore {
            hasMore = try await portal.store.write { transaction in
                try transaction.removeExpired(
                    attemptsBefore: now + .seconds(-86400),
                    answersBefore: now + .seconds(-86400),
                    usesBefore: now + .seconds(-600),
                    limit: 1000
                )
            }
        }
        let sessionEnd = now + .seconds(-90 * 86400)
        _ = try await portal.store.write { try $0.removeSessions(expiredBefore: sessionEnd, limit: 1000) }
    }
}
