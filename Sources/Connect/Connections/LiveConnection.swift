internal import Foundation
internal import Integrations
public import Storage
internal import StrictJSON

extension Portal {
    /// The connection with tokens that work as far as anybody here knows; renewed first where that is due.
    ///
    /// An access token that still lives is good enough where the provider gives no new one. While a provider is down it
    /// is asked as often as the plan says, however many callers there are.
    func live(_ connection: Connection) async throws -> Connection {
        try await refuseDead(connection)
        let isDue = connection.refreshing?.dueAt.map { $0 <= now() } ?? false
        guard isDue else {
            guard !connection.isExpired(at: now()) || connection.refreshing == nil else {
                throw unavailable(connection)
            }
            return connection
        }
        return try await renewed(connection, isForced: false)
    }

    /// Renews the tokens of a connection now, whatever the plan says; at most ten times a minute.
    ///
    /// Throws `NOTHING_TO_REFRESH`, `RATE_LIMIT_EXCEEDED`, and what `credentials` throws.
    public func refreshConnection(_ id: Connection.ID, for key: APIKey) async throws -> Connection {
        let connection = try await connection(id, for: key)
        guard [.oauth2, .platformOAuth2].contains(connection.type) else { throw Self.nothingToRefresh }
        try await refuseDead(connection)
        let (minute, now) = (now().seconds / 60, now())
        let use = RateUse(name: "refresh \(id) \(minute)", used: 1)
        let asked = entry(.connectionRefreshed, by: key, on: .connection(id), in: connection.workspaceID)
        let used = try await store.write { transaction in
            let used = try transaction.add(use, at: now).used
            if used <= 10 { try record(asked, in: transaction) }
            return used
        }
        guard used <= 10 else {
            throw PortalError(
                .rateLimitExceeded,
                "This connection was refreshed ten times within a minute",
                details: ["retryAfter": .integer(60 - now.seconds % 60)]
            )
        }
        return try await renewed(connection, isForced: true)
    }

    private func renewed(_ connection: Connection, isForced: Bool) async throws -> Connection {
        let result = await refresh(connection)
        let current = try await self.current(connection)
        if case .live = result { return current }
        if case .failed(.notRenewable) = result, isForced, !current.isExpired(at: now()) { throw Self.nothingToRefresh }
        if case .broken = result {
            throw PortalError(.unavailable, "The service cannot answer just now, please try again")
        }
        if case .paused = result, isForced || current.isExpired(at: now()) {
            throw PortalError(
                .unavailable,
                "This is a copy of a database, which renews no tokens before its operator says so"
            )
        }
        try await refuseDead(current)
        guard !isForced, !current.isExpired(at: now()) else { throw unavailable(current) }
        return current
    }

    private static let nothingToRefresh = PortalError(
        .nothingToRefresh,
        "This connection has nothing to refresh: what it holds was not issued with a refresh token"
    )

    private func current(_ connection: Connection) async throws -> Connection {
        let (id, organization) = (connection.id, connection.organizationID)
        guard let current = try await store.read({ try $0.connection(id, of: organization) }) else {
            throw PortalError(.notFound, "Connection not found")
        }
        return current
    }

    private func refuseDead(_ connection: Connection) async throws {
        guard let reason = connection.statusReason, reason.needsThePerson(connection, at: now()) else { return }
        var details: JSON.Object = [
            "reason": .string(reason.rawValue), "connectionId": .string(connection.id.rawValue),
        ]
        if let user = connection.endUserExternalID, let workspace = connection.workspaceID {
            var scope = PortalScope(organization: connection.organizationID, workspace: workspace, endUser: user)
            scope.integrationName = connection.integrationName
            details["connectUrl"] = .string(try await portalLink(for: scope).connectURL)
        }
        throw PortalError(
            .reauthorizationRequired,
            "The provider no longer accepts this connection; the person has to connect again",
            details: details
        )
    }

    private func unavailable(_ connection: Connection) -> PortalError {
        var details: JSON.Object = [
            "reason": .string((connection.statusReason ?? .refreshFailing).rawValue),
            "error": JSON(connection.refreshing?.lastError),
        ]
        if let due = connection.refreshing?.dueAt {
            details["nextAttemptAt"] = .string(due.description)
            details["retryAfter"] = .integer(max(1, due.seconds - now().seconds))
        }
        return PortalError(
            .providerUnavailable,
            "The provider gives no new access token just now",
            details: details
        )
    }
}

extension Connection {
    func isExpired(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }
}

extension Connection.Reason {
    /// Whether nothing but a new sign-in helps; what expired by a clock that was ahead did not.
    fileprivate func needsThePerson(_ connection: Connection, at now: Instant) -> Bool {
        switch self {
        case .reauthorizationRequired, .refreshOutcomeUnknown, .accountMismatch: true
        case .expired: connection.isExpired(at: now)
        case .refreshFailing, .oauthAppRejected: false
        }
    }
}
