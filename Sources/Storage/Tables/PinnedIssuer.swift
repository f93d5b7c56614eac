public import StrictJSON

/// What an issuer said of itself when it was first asked (RFC 8414), kept so that its endpoints do not move unseen.
public struct PinnedIssuer: Sendable {
    public let issuer: String
    public let metadata: JSON
    /// What it says of itself now, where that is something else; waits for the operator.
    public let proposal: JSON?
    public let checkedAt: Instant

    fileprivate static let columns = "issuer, metadata, proposal, checkedAt"

    fileprivate init(_ row: SQLRow) throws {
        issuer = try row[0]
        metadata = try row[1]
        proposal = try row[2]
        checkedAt = try row[3]
    }
}

extension Transaction {
    public func pinnedIssuer(_ issuer: String) throws -> PinnedIssuer? {
        try first("SELECT \(PinnedIssuer.columns) FROM issuer WHERE issuer = ?", issuer, as: PinnedIssuer.init)
    }

    /// Those that were not looked at since a moment, the longest ago first.
    public func pinnedIssuers(checkedBefore moment: Instant, limit: Int) throws -> [PinnedIssuer] {
        try all(
            "SELECT \(PinnedIssuer.columns) FROM issuer WHERE checkedAt < ? ORDER BY checkedAt, issuer LIMIT ?",
            values: [moment, Int64(limit)],
            as: PinnedIssuer.init
        )
    }

    /// Keeps what an issuer said; the first of several who ask at once is believed.
    public func pin(_ issuer: String, metadata: JSON, at now: Instant) throws {
        try execute(
            """
            INSERT INTO issuer (issuer, metadata, checkedAt) VALUES (?, ?, ?)
            ON CONFLICT (issuer) DO NOTHING
            """,
            issuer,
            metadata,
            now
        )
    }

    /// Notes that an issuer was looked at, and what it proposes, if anything.
    public func noteCheck(of issuer: String, proposal: JSON?, at now: Instant) throws {
        try execute("UPDATE issuer SET proposal = ?, checkedAt = ? WHERE issuer = ?", proposal, now, issuer)
    }

    /// Takes what an issuer says of itself now; true where it proposed something.
    public func acceptProposal(of issuer: String) throws -> Bool {
        try execute(
            "UPDATE issuer SET metadata = proposal, proposal = NULL WHERE issuer = ? AND proposal IS NOT NULL",
            issuer
        ) == 1
    }
}
