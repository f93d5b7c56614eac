public import Storage

extension Portal {
    /// The session that a connect token leads to.
    ///
    /// Changes nothing: mail scanners and link previews open links. A token that is forged, unknown, or of a session that
    /// ended more than a day ago throws `INVALID_TOKEN`.
    public func session(token: String) async throws -> ConnectSession {
        guard let claims = tokens.read(token, as: .connect) else { throw Self.invalidToken }
        let named = try await session(ConnectSession.ID(rawValue: claims.jti))
        guard let session = named, session.organizationID.rawValue == claims.org else {
            throw Self.invalidToken
        }
        return session
    }

    /// The session of an id, as it stands now; nothing where it is unknown or ended long ago.
    public func session(_ id: ConnectSession.ID) async throws -> ConnectSession? {
        guard let session = try await store.read({ try $0.connectSession(id) })?.settled(at: now()) else { return nil }
        guard session.endedAt.map({ $0 + Self.readableAfterEnd > now() }) ?? true else { return nil }
        return session
    }

    /// A session of the caller's organization, with its timeline.
    public func session(_ id: ConnectSession.ID, for key: APIKey) async throws -> (ConnectSession, [SessionEvent]) {
        let found = try await store.read { transaction in
            try transaction.connectSession(id).map { ($0, try transaction.events(of: id)) }
        }
        guard let (session, events) = found else { throw PortalError(.notFound, "Connect session not found") }
        guard session.organizationID == key.organizationID else {
            throw PortalError(.forbidden, "This connect session belongs to another organization")
        }
        try key.requireAccess(to: session.workspaceID)
        return (session.settled(at: now()), events)
    }

    /// Notes that a person saw the page, once a minute; nobody waits for it, and it is no part of the session's state.
    public func noteOpened(_ session: ConnectSession) {
        guard session.status == .pending, onceAMinute.admit("opened \(session.id)", at: now()) else { return }
        let opened = turn(.opened, of: session)
        Task { try await store.write { try record(opened, in: $0) } }
    }

    private static let invalidToken = PortalError(.invalidToken, "The connect token is invalid or has expired")
    private static let readableAfterEnd = Duration.seconds(86400)
}

extension ConnectSession {
    public var isOpen: Bool { status == .pending || status == .connecting }

    /// The session as time has made it: an open one past its expiry has failed.
    func settled(at now: Instant) -> ConnectSession {
        guard isOpen else { return self }
        if expiresAt <= now { return failed(.sessionExpired, at: expiresAt) }
        guard let awaitingUntil, awaitingUntil <= now else { return self }
        if awaiting == .app { return failed(.notConfirmed, at: awaitingUntil) }
        var session = self
        session.awaiting = nil
        session.note(.authorizationExpired)
        return session
    }

    private func failed(_ code: FailureCode, at moment: Instant) -> ConnectSession {
        var session = self
        session.status = .failed
        session.awaiting = nil
        session.endedAt = moment
        session.note(code)
        return session
    }

    private mutating func note(_ code: FailureCode) {
        error = code.sentence(integrationName)
        errorCode = code.rawValue
    }
}
