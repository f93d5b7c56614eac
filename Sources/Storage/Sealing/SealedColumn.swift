internal import Foundation

/// A column whose values are sealed, and how each value's place follows from its row.
struct SealedColumn: Sendable {
    let table: String
    let column: String
    /// The key of the table; the last part of it names the row in the place.
    let key: [String]
    /// Of `key`, what names the row of the place.
    let row: String
    var place: String? = nil
    var version: String? = nil

    /// All of them: whoever adds a sealed column adds it here.
    static let all = [
        SealedColumn(table: "connection", column: "credentials", key: ["id"], row: "id", version: "credentialVersion"),
        SealedColumn(
            table: "revocation",
            column: "credentials",
            key: ["connectionId", "credentialVersion"],
            row: "connectionId",
            place: "connection",
            version: "credentialVersion"
        ),
        SealedColumn(table: "oauthApp", column: "clientSecret", key: ["id"], row: "id"),
        SealedColumn(table: "heldConnection", column: "found", key: ["sessionId"], row: "sessionId"),
        SealedColumn(table: "authorizationAttempt", column: "context", key: ["id"], row: "id"),
        SealedColumn(
            table: "idempotentAnswer",
            column: "body",
            key: ["organizationId", "idempotencyKey"],
            row: "idempotencyKey"
        ),
    ]
}

/// How far a walk over everything that is sealed has come.
public struct SealedPosition: Sendable {
    fileprivate var column = 0
    fileprivate var after: [SQLValue] = []

    public static let start = SealedPosition()
}

extension Transaction {
    /// Seals anew, by the first key, the next values that another key sealed; nothing where everything was looked at.
    ///
    /// What does not open is passed over, and told.
    ///
    /// Each call is whole in itself: a walk that was cut off starts again, and finds less to do.
    public func sealAnew(
        _ sealer: Sealer,
        from position: SealedPosition,
        limit: Int
    ) throws -> (
        next: SealedPosition?, changed: Int, unreadable: [String]
    ) {
        var changed = 0
        var unreadable: [String] = []
        let (rows, next) = try sealedRows(from: position, limit: limit)
        for row in rows where !sealer.isByFirstKey(row.sealed) {
            guard let plain = try? sealer.open(row.sealed, at: row.place) else {
                unreadable.append("\(row.column.table).\(row.column.column) \(row.name)")
                continue
            }
            let anew = try sealer.seal(plain, at: row.place)
            let condition = row.column.key.map { "\($0) = ?" }.joined(separator: " AND ")
            // Whoever wrote the row meanwhile did so with a key of their own choice, which the next walk sees.
            changed += try execute(
                """
                UPDATE \(row.column.table) SET \(row.column.column) = ?
                WHERE \(condition) AND \(row.column.column) = ?
                """,
                values: [SQLValue.blob(anew)] + row.key + [SQLValue.blob(row.sealed)]
            )
        }
        return (next, changed, unreadable)
    }

    /// How many of the next values each key sealed; nothing where everything was looked at.
    public func sealingKeys(
        from position: SealedPosition,
        limit: Int
    ) throws -> (
        next: SealedPosition?, counts: [String: Int]
    ) {
        let (rows, next) = try sealedRows(from: position, limit: limit)
        return (next, rows.reduce(into: [:]) { $0[Sealer.keyID(of: $1.sealed) ?? "?", default: 0] += 1 })
    }

    private struct SealedRow {
        let column: SealedColumn
        let key: [SQLValue]
        let sealed: Data
        let place: SealedPlace
        /// The id of the row.
        let name: String
    }

    private func sealedRows(
        from position: SealedPosition,
        limit: Int
    ) throws -> (rows: [SealedRow], next: SealedPosition?) {
        guard position.column < SealedColumn.all.count else { return ([], nil) }
        let column = SealedColumn.all[position.column]
        let key = column.key.joined(separator: ", ")
        let marks = column.key.map { _ in "?" }.joined(separator: ", ")
        let start = position.after.isEmpty ? "" : "AND (\(key)) > (\(marks))"
        let rows = try all(
            """
            SELECT \(column.column), organizationId, \(column.row), \(column.version ?? "0"), \(key)
            FROM \(column.table) WHERE length(\(column.column)) > 0 \(start) ORDER BY \(key) LIMIT \(limit)
            """,
            values: position.after
        ) { row in
            SealedRow(
                column: column,
                key: column.key.indices.map { row.columns.value(at: 4 + $0) },
                sealed: try row[0],
                place: SealedPlace(
                    organization: try row[1],
                    table: column.place ?? column.table,
                    row: try row[2],
                    field: column.column,
                    version: try row[3]
                ),
                name: try row[2]
            )
        }
        guard let last = rows.last, rows.count == limit else {
            return (rows, SealedPosition(column: position.column + 1, after: []))
        }
        return (rows, SealedPosition(column: position.column, after: last.key))
    }
}
