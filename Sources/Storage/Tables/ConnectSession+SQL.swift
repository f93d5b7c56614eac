public import Foundation

extension ConnectSession {
    fileprivate static let columns = """
        id, organizationId, workspaceId, workspaceIntegrationId, integrationName, authMethodKey, oauthAppMode, oauthAppId,
        connectionName, externalId, endUserExternalId, scope, successRedirectUri, errorRedirectUri, allowedOrigins, scopes,
        locale, metadata, reconnectId, needsConfirmation, createdAt, expiresAt, status, connectionId, error, errorCode, browserHash,
        openerOrigin, isPopup, endedAt, awaiting, awaitingUntil
        """

    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row[0],
            organizationID: try row[1],
            workspaceID: try row[2],
            workspaceIntegrationID: try row[3],
            integrationName: try row[4],
            authMethodKey: try row[5],
            oauthAppMode: try row[6],
            oauthAppID: try row[7],
            connectionName: try row[8],
            externalID: try row[9],
            endUserExternalID: try row[10],
            scope: try row[11],
            successRedirectURI: try row[12],
            errorRedirectURI: try row[13],
            allowedOrigins: try row[14],
            scopes: try row[15],
            locale: try row[16],
            metadata: try row[17],
            reconnectID: try row[18],
            needsConfirmation: try row[19] as Int64 != 0,
            createdAt: try row[20],
            expiresAt: try row[21]
        )
        status = try row[22]
        connectionID = try row[23]
        error = try row[24]
        errorCode = try row[25]
        browserHash = try row[26]
        openerOrigin = try row[27]
        isPopup = try row[28] as Int64 != 0
        endedAt = try row[29]
        awaiting = try row[30]
        awaitingUntil = try row[31]
    }
}

extension Transaction {
    /// By id alone: the signed token proved the right to see it, or the caller compares the organization.
    public func connectSession(_ id: ConnectSession.ID) throws -> ConnectSession? {
        try first("SELECT \(ConnectSession.columns) FROM connectSession WHERE id = ?", id, as: ConnectSession.init)
    }

    /// Newest first.
    public func connectSessions(
        of organization: Organization.ID,
        in workspaces: [Workspace.ID]?,
        _ page: ListPage
    ) throws -> Listing<ConnectSession> {
        var conditions = Conditions(organization)
        if let workspaces { conditions.require("workspaceId", among: workspaces) }
        return try list(
            "SELECT \(ConnectSession.columns) FROM connectSession",
            from: "connectSession",
            where: conditions,
            page,
            as: ConnectSession.init
        )
    }

    public func insert(_ session: ConnectSession) throws {
        try execute(
            """
            INSERT INTO connectSession (\(ConnectSession.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            session.id,
            session.organizationID,
            session.workspaceID,
            session.workspaceIntegrationID,
            session.integrationName,
            session.authMethodKey,
            session.oauthAppMode,
            session.oauthAppID,
            session.connectionName,
            session.externalID,
            session.endUserExternalID,
            session.scope,
            session.successRedirectURI,
            session.errorRedirectURI,
            session.allowedOrigins,
            session.scopes,
            session.locale,
            session.metadata,
            session.reconnectID,
            session.needsConfirmation,
            session.createdAt,
            session.expiresAt,
            session.status,
            session.connectionID,
            session.error,
            session.errorCode,
            session.browserHash,
            session.openerOrigin,
            session.isPopup,
            session.endedAt,
            session.awaiting,
            session.awaitingUntil
        )
    }

    /// Binds an open session to a browser and moves it to CONNECTING; false where it has ended or is another browser's.
    public func bind(
        _ id: ConnectSession.ID,
        browserHash: Data,
        openerOrigin: String?,
        isPopup: Bool,
        at now: Instant
    ) throws -> Bool {
        try execute(
            """
            UPDATE connectSession SET status = ?, browserHash = ?, openerOrigin = COALESCE(openerOrigin, ?), isPopup = ?
            WHERE id = ? AND status IN (?, ?) AND expiresAt > ? AND (browserHash IS NULL OR browserHash = ?)
            """,
            ConnectSession.Status.connecting,
            browserHash,
            openerOrigin,
            isPopup,
            id,
            ConnectSession.Status.pending,
            ConnectSession.Status.connecting,
            now,
            browserHash
        ) == 1
    }

    /// Ends an open session with its connection; false where it has ended already.
    public func complete(_ id: ConnectSession.ID, with connection: Connection.ID, at now: Instant) throws -> Bool {
        try execute(
            """
            UPDATE connectSession SET status = ?, connectionId = ?, error = NULL, errorCode = NULL, endedAt = ?,
                awaiting = NULL, awaitingUntil = NULL
            WHERE id = ? AND status IN (?, ?)
            """,
            ConnectSession.Status.completed,
            connection,
            now,
            id,
            ConnectSession.Status.pending,
            ConnectSession.Status.connecting
        ) == 1
    }

    /// Ends an open session without a connection; false where it has ended already.
    public func fail(
        _ id: ConnectSession.ID,
        error: String,
        code: String,
        isPopup: Bool,
        at now: Instant
    ) throws -> Bool {
        try execute(
            """
            UPDATE connectSession SET status = ?, error = ?, errorCode = ?, isPopup = ?, endedAt = ?,
                awaiting = NULL, awaitingUntil = NULL
            WHERE id = ? AND status IN (?, ?)
            """,
            ConnectSession.Status.failed,
            error,
            code,
            isPopup,
            now,
            id,
            ConnectSession.Status.pending,
            ConnectSession.Status.connecting
        ) == 1
    }

    /// Notes why the last attempt of an open session did not work; the person may try again.
    public func note(_ id: ConnectSession.ID, error: String, code: String) throws {
        try execute(
            "UPDATE connectSession SET error = ?, errorCode = ? WHERE id = ? AND status IN (?, ?)",
            error,
            code,
            id,
            ConnectSession.Status.pending,
            ConnectSession.Status.connecting
        )
    }
}
