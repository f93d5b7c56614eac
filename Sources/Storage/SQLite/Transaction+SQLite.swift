internal import GRDB

extension Transaction {
    /// Runs a schema statement in SQLite's words: strict tables, INTEGER for BIGINT.
    func define(_ statement: String) throws {
        var sql = statement.replacing("BIGINT", with: "INTEGER")
        if sql.hasPrefix("CREATE TABLE") { sql += " STRICT" }
        try database.execute(sql: sql)
    }
}
