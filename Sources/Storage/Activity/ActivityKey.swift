internal import Crypto
public import Foundation

/// Authenticates entries and their order (HMAC-SHA256, RFC 2104).
public struct ActivityKey: Sendable {
    private let key: SymmetricKey

    /// From 32 random bytes.
    public init(_ bytes: Data) { key = SymmetricKey(data: bytes) }

    /// The code of an entry at its place, which covers the code of the one before and so all before it.
    func code(of entry: Activity, at place: ChainPlace) -> Data {
        var message = AuthenticatedMessage("entry")
        message.add(place)
        for value in entry.values { message.add(value.sqlValue) }
        return code(of: message)
    }

    /// The code of a chain's beginning, where everything before the place was removed because it was old.
    func code(ofBeginningAt place: ChainPlace) -> Data {
        var message = AuthenticatedMessage("beginning")
        message.add(place)
        return code(of: message)
    }

    private func code(of message: AuthenticatedMessage) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: message.bytes, using: key))
    }
}

/// Where in a chain an entry stands.
struct ChainPlace {
    let chain: Int
    let seq: Int
    /// The code of the entry before; empty for the first.
    let previous: Data
}

/// Values in a form in which no two lists of them are the same bytes.
private struct AuthenticatedMessage {
    private(set) var bytes: [UInt8] = []

    init(_ kind: String) {
        bytes.reserveCapacity(1024)
        bytes.append(contentsOf: kind.utf8)
    }

    mutating func add(_ place: ChainPlace) {
        add(.integer(Int64(place.chain)))
        add(.integer(Int64(place.seq)))
        add(.blob(place.previous))
    }

    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: bytes.append(0)
        case .integer(let integer):
            begin(1, length: 8)
            add(bigEndian: UInt64(bitPattern: integer))
        case .text(let text):
            begin(2, length: text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        case .blob(let blob):
            begin(3, length: blob.count)
            bytes.append(contentsOf: blob)
        }
    }

    private mutating func begin(_ kind: UInt8, length: Int) {
        bytes.append(kind)
        add(bigEndian: UInt64(length))
    }

    private mutating func add(bigEndian number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
