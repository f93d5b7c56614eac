internal import Synchronization

/// The id of one kind of row, as lower-case UUID text; ids of different kinds do not mix.
public struct Identifier<Row>: RawRepresentable, Sendable, Hashable {
    public let rawValue: String

    /// Takes any text: an id that is no UUID matches no row.
    public init(rawValue: String) {
        let isLowerCase = rawValue.utf8.allSatisfy {
            $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        self.rawValue = isLowerCase ? rawValue : rawValue.lowercased()
    }

    /// An id from 16 bytes, of which version and variant are set to those of UUID version 7 (RFC 9562 §5.7).
    fileprivate init(bytes: [UInt8]) {
        var bytes = bytes
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        rawValue = String(decoding: text, as: UTF8.self)
    }

    /// Whether the text has the form of a UUID.
    public var isWellFormed: Bool {
        rawValue.utf8.count == 36
            && rawValue.utf8.enumerated().allSatisfy { place, byte in
                switch place {
                case 8, 13, 18, 23: byte == UInt8(ascii: "-")
                default:
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
                }
            }
    }
}

/// Makes ids that sort in the order in which they were made, also within one millisecond.
///
/// The 12 bits after the time count up while the time stands still or goes back (RFC 9562 §6.2, method 1); the other 62
/// are random.
public final class IdentifierSequence: Sendable {
    private let last = Mutex((milliseconds: Int64.min, count: 0))

    public init() {}

    /// The next id; `random` must hold at least 8 bytes.
    public func next<Row>(at instant: Instant, random: [UInt8]) -> Identifier<Row> {
        let (milliseconds, count) = last.withLock { last in
            if instant.milliseconds > last.milliseconds {
                last = (instant.milliseconds, 0)
            } else if last.count < 0xFFF {
                last.count += 1
            } else {
                last = (last.milliseconds + 1, 0)
            }
            return last
        }
        let time = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) }
        let counter = [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        return Identifier(bytes: time + counter + random.prefix(8))
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String { rawValue }
}
