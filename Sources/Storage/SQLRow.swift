public import Foundation
public import StrictJSON

/// One row of an answer, read by column position while the statement runs.
public struct SQLRow {
    let columns: any SQLColumns

    /// The column's value; throws `StorageError.corrupt` where the stored value is not of the kind asked for.
    public subscript<Value: SQLReadable>(index: Int) -> Value {
        get throws {
            guard let value = Value.read(from: self, at: index) else { throw StorageError.corrupt(column: index) }
            return value
        }
    }

    /// The column's value, or nothing for NULL.
    public subscript<Value: SQLReadable>(index: Int) -> Value? {
        get throws { columns.isNull(at: index) ? nil : try self[index] as Value }
    }

    func text(at index: Int) -> String? { columns.text(at: index) }
    func integer(at index: Int) -> Int64? { columns.integer(at: index) }
    func blob(at index: Int) -> Data? { columns.blob(at: index) }
}

/// What can be read from a column.
public protocol SQLReadable {
    static func read(from row: SQLRow, at index: Int) -> Self?
}

extension String: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> String? { row.text(at: index) }
}
extension Int64: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> Int64? { row.integer(at: index) }
}
extension Int: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> Int? { row.integer(at: index).map(Int.init) }
}
extension Data: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> Data? { row.blob(at: index) }
}
extension Instant: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> Instant? {
        row.integer(at: index).map(Instant.init(milliseconds:))
    }
}
extension Identifier: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> Identifier? {
        row.text(at: index).map(Identifier.init(rawValue:))
    }
}
extension JSON: SQLReadable {
    public static func read(from row: SQLRow, at index: Int) -> JSON? {
        row.text(at: index).flatMap { try? JSON.parse($0) }
    }
}
extension JSON: SQLBindable {
    public var sqlValue: SQLValue { .text(text) }
}
extension Array: SQLReadable where Element == String {
    public static func read(from row: SQLRow, at index: Int) -> [String]? {
        row.text(at: index).flatMap { try? JSON.parse($0) }?.array?.compactMap(\.string)
    }
}
extension Array: SQLBindable where Element == String {
    public var sqlValue: SQLValue { .text(JSON(self).text) }
}
extension SQLReadable where Self: RawRepresentable, RawValue == String {
    public static func read(from row: SQLRow, at index: Int) -> Self? {
        row.text(at: index).flatMap(Self.init(rawValue:))
    }
}
