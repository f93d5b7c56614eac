/// The schema, as the steps that lead to it; a step that was released is never changed.
///
/// Written in the types TEXT, BIGINT and BLOB: ids and JSON are TEXT, moments BIGINT milliseconds. `APPEND ONLY table
/// BEFORE setting` refuses changes of rows, and their removal unless they are from before the moment in that setting.
/// The engine turns the words into its own.
enum Migrations {
    static let steps: [[String]] = [
        firstConnection, wholeAPI, manyProcesses, hostedConnect, everyProvider, liveTokens, activity,
        boundedSessions,
    ]

    /// The version of the schema; 0 before the first step.
    static func version(in transaction: Transaction) throws -> Int {
        try transaction.connection.define(
            "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"
        )
        return try transaction.setting(Setting.schemaVersion).flatMap(Int.init) ?? 0
    }

    /// Brings the schema to this version; refuses one that a newer version made.
    static func run(in transaction: Transaction) throws {
        let version = try version(in: transaction)
        guard version <= steps.count else { throw SchemaTooNewError(found: version, known: steps.count) }
        guard version < steps.count else { return }
        for step in steps.dropFirst(version) {
            for statement in step { try transaction.connection.define(statement) }
        }
        try transaction.set(Setting.schemaVersion, to: String(steps.count))
    }
}

/// The data was written by a newer version of the product.
public struct SchemaTooNewError: Error, CustomStringConvertible {
    public let found: Int
    public let known: Int

    public var description: String {
        "the database has schema version \(found), this program knows \(known): start the newer version again"
    }
}
