internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// A prepared statement, run once, each row read where SQLite has it; GRDB's own cursor would copy it first and look up
/// the names of its columns, which takes longer than a lookup by key.
struct SQLiteSteps {
    let statement: OpaquePointer
    let sql: String

    /// Throws `DatabaseError`, and what `eachRow` throws.
    func run(_ values: [SQLValue], eachRow: (SQLRow) throws -> Bool) throws {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { try check(bind(value, at: Int32(index + 1))) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw error() }
            guard try eachRow(SQLRow(columns: SQLiteRow(statement: statement))) else { return }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        // SQLite makes copies of its own.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
        case .text(var text):
            return text.withUTF8 {
                $0.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), transient)
                }
            }
        case .blob(let data) where data.isEmpty: return sqlite3_bind_zeroblob(statement, index, 0)
        case .blob(let data):
            return data.withUnsafeBytes {
                sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), transient)
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw error() }
    }

    private func error() -> DatabaseError {
        let connection = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)),
            sql: sql
        )
    }
}

/// A row of SQLite's.
struct SQLiteRow: SQLColumns {
    let statement: OpaquePointer

    var count: Int { Int(sqlite3_column_count(statement)) }
    func name(at index: Int) -> String { sqlite3_column_name(statement, Int32(index)).map(String.init(cString:)) ?? "" }
    func isNull(at index: Int) -> Bool { type(at: index) == SQLITE_NULL }
    func integer(at index: Int) -> Int64? {
        type(at: index) == SQLITE_INTEGER ? sqlite3_column_int64(statement, Int32(index)) : nil
    }

    func text(at index: Int) -> String? {
        guard type(at: index) == SQLITE_TEXT, let bytes = sqlite3_column_text(statement, Int32(index)) else {
            return nil
        }
        let length = Int(sqlite3_column_bytes(statement, Int32(index)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    }

    func blob(at index: Int) -> Data? {
        guard type(at: index) == SQLITE_BLOB else { return nil }
        // An empty one has no address.
        guard let bytes = sqlite3_column_blob(statement, Int32(index)) else { return Data() }
        return Data(bytes: bytes, count: Int(sqlite3_column_bytes(statement, Int32(index))))
    }

    func value(at index: Int) -> SQLValue {
        switch type(at: index) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, Int32(index)))
        case SQLITE_TEXT: .text(text(at: index) ?? "")
        case SQLITE_BLOB: .blob(blob(at: index) ?? Data())
        default: .null
        }
    }

    private func type(at index: Int) -> Int32 { sqlite3_column_type(statement, Int32(index)) }
}
