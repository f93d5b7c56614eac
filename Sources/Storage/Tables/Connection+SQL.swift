public import Foundation

extension Connection {
    private static let columns = """
        connection.id, connection.organizationId, connection.workspaceId, connection.endUserId, endUser.externalId,
        connection.externalId, connection.displayName, connection.integrationName, connection.authMethodKey,
        connection.type, connection.status, connection.statusReason, connection.scope, connection.accountId,
        connection.accountLabel, connection.grantedScopes, connection.credentialVersion, connection.oauthAppId,
        connection.expiresAt, connection.lastRefreshedAt, connection.createdAt, connection.updatedAt,
        renewal.failures, renewal.dueAt, renewal.lastError, renewal.sentVersion, renewal.heldUntil
        """

    static let select = """
        SELECT \(columns) FROM connection
        LEFT JOIN endUser ON endUser.id = connection.endUserId
        LEFT JOIN renewal ON renewal.connectionId = connection.id
        """

    init(_ row: SQLRow) throws {
        id = try row[0]
        organizationID = try row[1]
        workspaceID = try row[2]
        endUserID = try row[3]
        endUserExternalID = try row[4]
        externalID = try row[5]
        displayName = try row[6]
        integrationName = try row[7]
        authMethodKey = try row[8]
        type = try row[9]
        status = try row[10]
        statusReason = try row[11]
        scope = try row[12]
        accountID = try row[13]
        accountLabel = try row[14]
        grantedScopes = try row[15]
        credentialVersion = try row[16]
        oauthAppID = try row[17]
        expiresAt = try row[18]
        lastRefreshedAt = try row[19]
        createdAt = try row[20]
        updatedAt = try row[21]
        refreshing = try Refreshing(row, from: 22)
    }
}

extension Connection.Refreshing {
    fileprivate init?(_ row: SQLRow, from index: Int) throws {
        guard let failures: Int = try row[index] else { return nil }
        let (sentVersion, heldUntil): (Int?, Instant?) = (try row[index + 3], try row[index + 4])
        self.init(
            dueAt: try row[index + 1],
            failures: failures,
            lastError: try row[index + 2],
            isOutcomeUnknown: sentVersion != nil && heldUntil == nil
        )
    }
}

extension Transaction {
    public func connection(_ id: Connection.ID, of organization: Organization.ID) throws -> Connection? {
        try first(
            "\(Connection.select) WHERE connection.organizationId = ? AND connection.id = ?",
            organization,
            id,
            as: Connection.init
        )
    }

    /// Newest first.
    public func connections(
        of organization: Organization.ID,
        _ filter: ConnectionFilter = ConnectionFilter(),
        _ page: ListPage = .all
    ) throws -> Listing<Connection> {
        try list(
            Connection.select,
            from: "connection",
            counting: filter.endUserExternalID == nil
                ? "connection" : "connection LEFT JOIN endUser ON endUser.id = connection.endUserId",
            where: filter.conditions(organization),
            page,
            as: Connection.init
        )
    }

    public func connectionCount(of organization: Organization.ID) throws -> Int {
        try count("connection", where: Conditions(organization))
    }

    /// The connection that an external id names: in the workspace, or the organization's own for no workspace.
    public func connection(
        externalID: String,
        integration: String,
        workspace: Workspace.ID?,
        of organization: Organization.ID
    ) throws -> Connection? {
        try first(
            """
            \(Connection.select)
            WHERE connection.organizationId = ? AND connection.integrationName = ? AND connection.externalId = ?
            AND COALESCE(connection.workspaceId, '') = ?
            """,
            organization,
            integration,
            externalID,
            workspace?.rawValue ?? "",
            as: Connection.init
        )
    }

    public func sealedCredentials(_ id: Connection.ID, of organization: Organization.ID) throws -> (Data, version: Int)?
    {
        try first(
            "SELECT credentials, credentialVersion FROM connection WHERE organizationId = ? AND id = ?",
            organization,
            id
        ) { (try $0[0], try $0[1]) }
    }

    public func insert(_ draft: ConnectionDraft, at now: Instant) throws {
        try execute(
            """
            INSERT INTO connection (id, organizationId, workspaceId, endUserId, externalId, displayName, integrationName,
                authMethodKey, type, status, scope, accountId, accountLabel, grantedScopes, credentials,
                credentialVersion, oauthAppId, expiresAt, createdAt, updatedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            draft.id,
            draft.organizationID,
            draft.workspaceID,
            draft.endUserID,
            draft.externalID,
            draft.displayName,
            draft.integrationName,
            draft.authMethodKey,
            draft.type,
            Connection.Status.active,
            draft.scope,
            draft.accountID,
            draft.accountLabel,
            draft.grantedScopes,
            draft.credentials,
            draft.credentialVersion,
            draft.oauthAppID,
            draft.expiresAt,
            now,
            now
        )
        if let due = draft.renewalDue { try planRenewal(of: draft.id, at: due, now: now) }
    }

    /// Puts new credentials in the place of the old, if nobody did since `version` was read.
    public func reconnect(_ draft: ConnectionDraft, replacing version: Int, at now: Instant) throws -> Bool {
        let isReplaced =
            try execute(
                """
                UPDATE connection SET displayName = ?, authMethodKey = ?, type = ?, status = ?, statusReason = NULL,
                    accountId = ?, accountLabel = ?, grantedScopes = ?, credentials = ?, credentialVersion = ?,
                    oauthAppId = ?, expiresAt = ?, updatedAt = ?
                WHERE organizationId = ? AND id = ? AND credentialVersion = ?
                """,
                draft.displayName,
                draft.authMethodKey,
                draft.type,
                Connection.Status.active,
                draft.accountID,
                draft.accountLabel,
                draft.grantedScopes,
                draft.credentials,
                draft.credentialVersion,
                draft.oauthAppID,
                draft.expiresAt,
                now,
                draft.organizationID,
                draft.id,
                version
            ) == 1
        if isReplaced {
            try execute("DELETE FROM renewal WHERE connectionId = ?", draft.id)
            if let due = draft.renewalDue { try planRenewal(of: draft.id, at: due, now: now) }
        }
        return isReplaced
    }

    public func rename(_ id: Connection.ID, of organization: Organization.ID, to name: String, at now: Instant) throws {
        try execute(
            "UPDATE connection SET displayName = ?, updatedAt = ? WHERE organizationId = ? AND id = ?",
            name,
            now,
            organization,
            id
        )
    }

    /// Removes a connection and its credentials; tells whether there was one.
    public func deleteConnection(_ id: Connection.ID, of organization: Organization.ID) throws -> Bool {
        try execute("DELETE FROM connection WHERE organizationId = ? AND id = ?", organization, id) == 1
    }
}
