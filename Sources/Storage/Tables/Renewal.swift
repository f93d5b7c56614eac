/// When the tokens of a connection are to be renewed, and who is at it.
///
/// The row is also the journal: `sentVersion` is written before a request leaves and erased with its outcome. One that is
/// still there when nobody holds the row tells of an outcome that is not known.
public struct Renewal: Sendable {
    public let connectionID: Connection.ID
    public let organizationID: Organization.ID
    public let integrationName: String
    /// How many attempts in a row did not work.
    public let failures: Int
    /// The version of the credentials with which a request was sent whose outcome is not known.
    public let sentVersion: Int?

    fileprivate static let columns = "connectionId, organizationId, integrationName, failures, sentVersion"

    /// Every name once, each found by a step in the index.
    fileprivate static let integrationNames = """
        WITH RECURSIVE names (name) AS (
            SELECT MIN(integrationName) FROM renewal
            UNION ALL
            SELECT (SELECT MIN(integrationName) FROM renewal WHERE integrationName > name) FROM names
            WHERE name IS NOT NULL
        )
        """

    fileprivate init(_ row: SQLRow) throws {
        connectionID = try row[0]
        organizationID = try row[1]
        integrationName = try row[2]
        failures = try row[3]
        sentVersion = try row[4]
    }

    /// The right to be the only one at a row, until it ends.
    public struct Hold: Sendable {
        public let holder: String
        public let from: Instant
        public let until: Instant

        public init(holder: String, from: Instant, until: Instant) {
            self.holder = holder
            self.from = from
            self.until = until
        }
    }
}

extension Transaction {
    public func renewal(of connection: Connection.ID) throws -> Renewal? {
        try first("SELECT \(Renewal.columns) FROM renewal WHERE connectionId = ?", connection, as: Renewal.init)
    }

    /// The integrations of which something is due; takes as long with a hundred thousand rows as with one each.
    public func integrationsDue(at now: Instant) throws -> [String] {
        try all(
            """
            \(Renewal.integrationNames)
            SELECT name FROM names
            WHERE EXISTS (SELECT 1 FROM renewal WHERE integrationName = name AND dueAt <= ?)
            """,
            now
        ) { try $0[0] }
    }

    /// How many are due of all integrations, and since when the first of them is; reads only the index.
    public func due(at now: Instant) throws -> (count: Int, oldest: Instant?) {
        try first(
            """
            \(Renewal.integrationNames)
            SELECT COUNT(dueAt), MIN(dueAt) FROM names CROSS JOIN renewal WHERE integrationName = name AND dueAt <= ?
            """,
            now
        ) { (try $0[0], try $0[1]) } ?? (0, nil)
    }

    /// Those of an integration that are due and that nobody is at, the longest due first.
    public func dueRenewals(of integration: String, at now: Instant, limit: Int) throws -> [Renewal] {
        try all(
            """
            SELECT \(Renewal.columns) FROM renewal
            WHERE integrationName = ? AND dueAt <= ? AND (heldUntil IS NULL OR heldUntil <= ?)
            ORDER BY dueAt, connectionId LIMIT ?
            """,
            values: [integration, now, now, Int64(limit)],
            as: Renewal.init
        )
    }

    /// Whether a renewal is due and nobody is at it.
    public func isDue(_ renewal: Renewal, at now: Instant) throws -> Bool {
        try first(
            "SELECT 1 FROM renewal WHERE connectionId = ? AND dueAt <= ? AND (heldUntil IS NULL OR heldUntil <= ?)",
            renewal.connectionID,
            now,
            now
        ) { try $0[0] as Int } != nil
    }

    /// Starts anew for a connection with new credentials; nothing is due where they are never renewed.
    public func planRenewal(of connection: Connection.ID, at due: Instant?, now: Instant) throws {
        try execute(
            """
            INSERT INTO renewal (connectionId, organizationId, integrationName, dueAt, plannedAt, failures)
                SELECT id, organizationId, integrationName, ?, ?, 0 FROM connection WHERE id = ?
            ON CONFLICT (connectionId) DO UPDATE SET dueAt = excluded.dueAt, plannedAt = excluded.plannedAt,
                failures = 0, lastError = NULL, sentVersion = NULL, holder = NULL, heldUntil = NULL
            """,
            due,
            now,
            connection
        )
    }

    /// Takes the row and notes that a request leaves with this version of the credentials; true for exactly one of all
    /// who try, and only while the version is current.
    ///
    /// A hold that ends later than the new one would is of a clock that was ahead, and keeps nobody away.
    public func takeRenewal(of connection: Connection.ID, sending version: Int, _ hold: Renewal.Hold) throws -> Bool {
        try execute(
            """
            UPDATE renewal SET holder = ?, heldUntil = ?, sentVersion = ?, dueAt = ?
            WHERE connectionId = ? AND (heldUntil IS NULL OR heldUntil <= ? OR heldUntil > ?)
            AND EXISTS (SELECT 1 FROM connection WHERE connection.id = renewal.connectionId AND credentialVersion = ?)
            """,
            hold.holder,
            hold.until,
            version,
            hold.from,
            connection,
            hold.from,
            hold.until,
            version
        ) == 1
    }

    /// Gives the row back after an attempt that did not work; false where it was taken away.
    ///
    /// With `isUnknown` the journal keeps that a request was sent.
    public func returnRenewal(
        of connection: Connection.ID,
        from holder: String,
        failures: Int,
        error: String,
        due: Instant?,
        isUnknown: Bool
    ) throws -> Bool {
        try execute(
            """
            UPDATE renewal SET holder = NULL, heldUntil = NULL, failures = ?, lastError = ?, dueAt = ?,
                sentVersion = CASE WHEN ? = 1 THEN sentVersion ELSE NULL END
            WHERE connectionId = ? AND holder = ?
            """,
            failures,
            error,
            due,
            isUnknown,
            connection,
            holder
        ) == 1
    }

    /// Ends every hold, for the start of the only process: whoever had them is gone.
    ///
    /// Returns how many there were.
    public func endHolds() throws -> Int {
        try execute("UPDATE renewal SET holder = NULL, heldUntil = NULL WHERE holder IS NOT NULL")
    }

    /// Makes due what was planned at a time that has not come yet: the clock went back, and no plan holds.
    public func mistrustPlans(after latest: Instant, now: Instant) throws -> Int {
        try execute(
            "UPDATE renewal SET dueAt = ?, plannedAt = ? WHERE plannedAt > ? AND dueAt > ?",
            now,
            now,
            latest,
            now
        )
    }
}
