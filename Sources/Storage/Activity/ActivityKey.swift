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
    private(set) var bytes: Data

    init(_ kind: String) { bytes = Data(kind.utf8) }

    mutating func add(_ place: ChainPlace) {
        add(.integer(Int64(place.chain)))
        add(.integer(Int64(place.seq)))
        add(.blob(place.previous))
    }

    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: bytes.append(0)
        case .integer(let integer): add(1, Data(bigEndian: UInt64(bitPattern: integer)))
        case .text(let text): add(2, Data(text.utf8))
        case .blob(let blob): add(3, blob)
        }
    }

    private mutating func add(_ kind: UInt8, _ content: Data) {
        bytes.append(kind)
        bytes.append(Data(bigEndian: UInt64(content.count)))
        bytes.append(content)
    }
}

extension Data {
    fileprivate init(bigEndian number: UInt64) {
        self = Swift.withUnsafeBytes(of: number.bigEndian) { Data($0) }
    }
}
