/// An open read or write: the only way a statement reaches the engine.
///
/// Statements use `?` placeholders and the SQL that SQLite and PostgreSQL share. Tables add their own reads and
/// writes in extensions, one file per table.
public struct Transaction {
    let connection: any SQLConnection

    /// All rows of an answer.
    public func all<Value>(
        _ sql: String,
        _ values: any SQLBindable...,
        as read: (SQLRow) throws -> Value
    ) throws -> [Value] {
        try all(sql, values: values, as: read)
    }

    /// All rows of an answer, the values as a list.
    func all<Value>(_ sql: String, values: [any SQLBindable], as read: (SQLRow) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        _ = try connection.run(sql, values.map(\.sqlValue)) { row in
            found.append(try read(row))
            return true
        }
        return found
    }

    /// The first row of an answer, if there is one.
    public func first<Value>(
        _ sql: String,
        _ values: any SQLBindable...,
        as read: (SQLRow) throws -> Value
    ) throws -> Value? {
        var found: Value?
        _ = try connection.run(sql, values.map(\.sqlValue)) { row in
            found = try read(row)
            return false
        }
        return found
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: any SQLBindable...) throws -> Int {
        try execute(sql, values: values)
    }

    /// Runs a statement, the values as a list, and tells how many rows it changed.
    @discardableResult
    func execute(_ sql: String, values: [any SQLBindable]) throws -> Int {
        try connection.run(sql, values.map(\.sqlValue)) { _ in true }
    }
}
