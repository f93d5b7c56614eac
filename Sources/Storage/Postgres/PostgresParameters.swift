internal import Foundation

/// The values of a statement as libpq takes them: addresses, lengths and formats.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) {
        for value in values {
            switch value {
            case .null: add(nil, format: 0)
            // As text, so that the server chooses the width.
            case .integer(let integer): add(Array(String(integer).utf8) + [0], format: 0)
            // With its length, so that it cannot end early. PostgreSQL keeps no NUL.
            case .text(let text):
                add(
                    text.utf8.contains(0) ? Array(text.replacing("\0", with: "\u{FFFD}").utf8) : Array(text.utf8),
                    format: 1
                )
            case .blob(let data): add(Array(data), format: 1)
            }
        }
    }

    private mutating func add(_ value: [UInt8]?, format: Int32) {
        offsets.append(value.map { _ in bytes.count })
        lengths.append(Int32(value?.count ?? 0))
        formats.append(format)
        bytes += value ?? []
    }

    /// The pointers live as long as the body runs.
    func withPointers<Value>(
        _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) throws -> Value
    ) rethrows -> Value {
        // One byte more, so that an empty value at the end has an address: none means NULL.
        try (bytes + [0]).withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            let pointers = offsets.map { offset in offset.flatMap { start?.advanced(by: $0) } }
            return try body(Int32(offsets.count), pointers, lengths, formats)
        }
    }
}
