internal import GRDB

/// An SQLite connection at work.
struct SQLiteConnection: SQLConnection {
    let database: GRDB.Database
    /// Of the connection that writes.
    var disk: DiskFault?

    func run(_ sql: String, _ values: [SQLValue], eachRow: (SQLRow) throws -> Bool) throws -> Int {
        try translating {
            let statement = try database.cachedStatement(sql: sql).sqliteStatement
            try SQLiteSteps(statement: statement, sql: sql).run(values, eachRow: eachRow)
            return database.changesCount
        }
    }

    let lane = 0

    /// SQLite's words: strict tables, INTEGER for BIGINT.
    func define(_ statement: String) throws {
        var sql = statement.replacing("BIGINT", with: "INTEGER")
        if sql.hasPrefix("CREATE TABLE") { sql += " STRICT" }
        if let rule = AppendOnly(statement) { sql = Self.triggers(of: rule) }
        try translatingErrors { try database.execute(sql: sql) }
    }

    private static func triggers(of rule: AppendOnly) -> String {
        """
        CREATE TRIGGER \(rule.table)IsNotChanged BEFORE UPDATE ON \(rule.table)
        BEGIN SELECT RAISE(ABORT, '\(rule.table) is append-only'); END;
        CREATE TRIGGER \(rule.table)IsKept BEFORE DELETE ON \(rule.table)
        WHEN OLD.at >= COALESCE((SELECT CAST(value AS INTEGER) FROM setting WHERE name = '\(rule.setting)'), 0)
        BEGIN SELECT RAISE(ABORT, '\(rule.table) is append-only'); END
        """
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        if let disk { try disk.watching(body) } else { try translatingErrors(body) }
    }
}
