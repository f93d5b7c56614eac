internal import Foundation
internal import GRDB

/// An SQLite connection at work.
struct SQLiteConnection: SQLConnection {
    let database: GRDB.Database
    /// Of the connection that writes.
    var disk: DiskFault?

    func run(_ sql: String, _ values: [SQLValue], eachRow: (SQLRow) throws -> Bool) throws -> Int {
        try translating {
            let statement = try database.cachedStatement(sql: sql)
            guard statement.columnCount > 0 else {
                try statement.execute(arguments: arguments(values))
                return database.changesCount
            }
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(values))
            while let row = try cursor.next(), try eachRow(SQLRow(columns: SQLiteRow(row: row))) {}
            return 0
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

    private func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(
            values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let integer): integer
                case .text(let text): text
                case .blob(let data): data
                }
            }
        )
    }
}

/// A row of SQLite's.
struct SQLiteRow: SQLColumns {
    let row: GRDB.Row

    var count: Int { row.count }
    func name(at index: Int) -> String { Array(row.columnNames)[index] }
    func isNull(at index: Int) -> Bool { row.hasNull(atIndex: index) }
    func text(at index: Int) -> String? { try? row.decode(String.self, atIndex: index) }
    func integer(at index: Int) -> Int64? { try? row.decode(Int64.self, atIndex: index) }
    func blob(at index: Int) -> Data? { try? row.decode(Data.self, atIndex: index) }

    func value(at index: Int) -> SQLValue {
        switch row[index].map(\.databaseValue.storage) {
        case .int64(let integer)?: .integer(integer)
        case .string(let text)?: .text(text)
        case .blob(let data)?: .blob(data)
        case .double, .null, nil: .null
        }
    }
}
