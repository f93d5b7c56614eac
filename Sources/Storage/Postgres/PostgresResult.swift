internal import CPostgres
internal import Foundation

/// What the server answered to one statement, in the binary format.
final class PostgresResult {
    static let binary: Int32 = 1
    fileprivate let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { PQclear(handle) }

    var rowCount: Int32 { PQntuples(handle) }
    var changedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }
    var tag: String { String(cString: PQcmdStatus(handle)) }

    /// Nothing where the statement was carried out; `message` is the connection's, for failures without a code.
    func error(message: String) -> (any Error)? {
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return nil
        default:
            let code = PQresultErrorField(handle, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
            let primary = PQresultErrorField(handle, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
            return PostgresConnection.error(code: code ?? "", message: primary ?? message)
        }
    }
}

/// A row of PostgreSQL's.
struct PostgresRow: SQLColumns {
    let result: PostgresResult
    let row: Int32

    var count: Int { Int(PQnfields(result.handle)) }
    func name(at index: Int) -> String { PQfname(result.handle, Int32(index)).map { String(cString: $0) } ?? "" }
    func isNull(at index: Int) -> Bool { PQgetisnull(result.handle, row, Int32(index)) == 1 }

    func text(at index: Int) -> String? {
        switch kind(at: index) {
        case .text: bytes(at: index).map { String(decoding: $0, as: UTF8.self) }
        default: nil
        }
    }

    func integer(at index: Int) -> Int64? {
        guard case .integer = kind(at: index), let bytes = bytes(at: index), let first = bytes.first else { return nil }
        // Big-endian two's complement of 1, 2, 4 or 8 bytes.
        return bytes.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
    }

    func blob(at index: Int) -> Data? {
        guard case .blob = kind(at: index) else { return nil }
        return bytes(at: index).map { Data($0) }
    }

    func value(at index: Int) -> SQLValue {
        if let integer = integer(at: index) { return .integer(integer) }
        if let text = text(at: index) { return .text(text) }
        return blob(at: index).map(SQLValue.blob) ?? .null
    }

    private enum Kind { case integer, text, blob, other }

    /// By the type's object identifier, which PostgreSQL never changes for built-in types (pg_type.dat).
    private func kind(at index: Int) -> Kind {
        switch PQftype(result.handle, Int32(index)) {
        case 16, 20, 21, 23: .integer
        case 18, 19, 25, 705, 1043: .text
        case 17: .blob
        default: .other
        }
    }

    private func bytes(at index: Int) -> UnsafeRawBufferPointer? {
        guard !isNull(at: index) else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result.handle, row, Int32(index)),
            count: Int(PQgetlength(result.handle, row, Int32(index)))
        )
    }
}
