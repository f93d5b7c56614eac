/// Where a database was when tokens were last renewed from it.
///
/// A copy is somewhere else. Two databases that renew the same tokens look like theft to a provider, which then ends the
/// grants of both (RFC 9700 §4.14.2).
public struct Home: Sendable, Equatable {
    public let place: String
    /// Whether nothing is renewed or revoked until the operator says that this is the one to go on with.
    public let isPaused: Bool

    public init(place: String, isPaused: Bool) {
        self.place = place
        self.isPaused = isPaused
    }
}

extension Transaction {
    public func home() throws -> Home? {
        try first("SELECT place, isPaused FROM home WHERE one = 1") { row in
            Home(place: try row[0], isPaused: try row[1] as Int == 1)
        }
    }

    public func set(_ home: Home) throws {
        try execute(
            """
            INSERT INTO home (one, place, isPaused) VALUES (1, ?, ?)
            ON CONFLICT (one) DO UPDATE SET place = excluded.place, isPaused = excluded.isPaused
            """,
            home.place,
            home.isPaused
        )
    }
}
