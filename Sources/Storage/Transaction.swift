internal import GRDB

/// An open read or write: the only way a statement reaches the engine.
///
/// Statements use `?` placeholders and the SQL that SQLite and PostgreSQL share. Tables add their own reads and
/// writes in extensions, one file per table.
public struct Transaction {
    let database: GRDB.Database

    /// All rows of an answer.
    public func all<Value>(
        _ sql: String,
        _ values: any SQLBindable...,
        as read: (SQLRow) throws -> Value
    ) throws -> [Value] {
        try rows(sql, values, limit: .max, read)
    }

    /// All rows of an answer, the values as a list.
    func all<Value>(_ sql: String, values: [any SQLBindable], as read: (SQLRow) throws -> Value) throws -> [Value] {
        try rows(sql, values, limit: .max, read)
    }

    /// The first row of an answer, if there is one.
    public func first<Value>(
        _ sql: String,
        _ values: any SQLBindable...,
        as read: (SQLRow) throws -> Value
    ) throws -> Value? {
        try rows(sql, values, limit: 1, read).first
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: any SQLBindable...) throws -> Int {
        try execute(sql, values: values)
    }

    /// Runs a statement, the values as a list, and tells how many rows it changed.
    func execute(_ sql: String, values: [any SQLBindable]) throws -> Int {
        try translatingErrors {
            try database.cachedStatement(sql: sql).execute(arguments: arguments(values))
            return database.changesCount
        }
    }

    private func rows<Value>(
        _ sql: String,
        _ values: [any SQLBindable],
        limit: Int,
        _ read: (SQLRow) throws -> Value
    ) throws -> [Value] {
        try translatingErrors {
            let statement = try database.cachedStatement(sql: sql)
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(values))
            var found: [Value] = []
            while found.count < limit, let row = try cursor.next() { found.append(try read(SQLRow(row: row))) }
            return found
        }
    }

    private func arguments(_ values: [any SQLBindable]) -> StatementArguments {
        StatementArguments(
            values.map { value -> (any DatabaseValueConvertible)? in
                switch value.sqlValue {
                case .null: nil
                case .integer(let integer): integer
                case .text(let text): text
                case .blob(let data): data
                }
            }
        )
    }
}
