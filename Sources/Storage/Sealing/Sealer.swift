internal import Crypto
public import Foundation

/// Seals and opens secrets with AES-256-GCM.
///
/// Layout: `format 1 | length of key id | key id | nonce 12 | ciphertext | tag 16`. The place where a secret is stored is
/// authenticated with it, so that a ciphertext moved to another row, field or organization does not open.
public struct Sealer: Sendable {
    private let ring: KeyRing
    /// Derived once: every seal and open needs one.
    private let sealingKeys: [String: SymmetricKey]
    private static let format: UInt8 = 1

    public init(_ ring: KeyRing) {
        self.ring = ring
        let derived = ring.ids.compactMap { id in ring.derivedKey(purpose: "seal", id: id).map { (id, $0) } }
        sealingKeys = Dictionary(derived, uniquingKeysWith: { first, _ in first })
    }

    /// The first key of the ring seals, with a fresh random nonce.
    public func seal(_ plain: Data, at place: SealedPlace) throws -> Data {
        guard let id = ring.ids.first, let key = sealingKeys[id] else { throw SealError.unknownKey }
        let header = Data([Self.format, UInt8(id.utf8.count)]) + Data(id.utf8)
        let box = try AES.GCM.seal(plain, using: key, authenticating: header + place.bytes)
        guard let combined = box.combined else { throw SealError.damaged }
        return header + combined
    }

    /// Whether the key that seals now sealed this.
    func isByFirstKey(_ sealed: Data) -> Bool { Self.keyID(of: sealed) == ring.ids.first }

    /// Which key sealed this; nothing where it was not sealed here.
    static func keyID(of sealed: Data) -> String? {
        let bytes = Data(sealed)
        guard bytes.count >= 2, bytes[0] == format, bytes.count > 2 + Int(bytes[1]) else { return nil }
        return String(decoding: bytes[2..<(2 + Int(bytes[1]))], as: UTF8.self)
    }

    /// Opens what was sealed for this place; throws `SealError`.
    public func open(_ sealed: Data, at place: SealedPlace) throws -> Data {
        let bytes = Data(sealed)
        guard bytes.count >= 2, bytes[0] == Self.format else { throw SealError.unknownFormat }
        let headerLength = 2 + Int(bytes[1])
        guard bytes.count > headerLength else { throw SealError.damaged }
        let id = String(decoding: bytes[2..<headerLength], as: UTF8.self)
        guard let key = sealingKeys[id] else { throw SealError.unknownKey }
        do {
            let box = try AES.GCM.SealedBox(combined: bytes[headerLength...])
            return try AES.GCM.open(box, using: key, authenticating: bytes[..<headerLength] + place.bytes)
        } catch { throw SealError.damaged }
    }
}

/// Where a sealed value stands.
public struct SealedPlace: Sendable {
    let bytes: Data

    /// `version` is the credential version, where the field has one.
    public init(organization: String, table: String, row: String, field: String, version: Int = 0) {
        // Lengths in front keep `a|bc` and `ab|c` apart.
        bytes = [organization, table, row, field, String(version)].reduce(into: Data()) { data, part in
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { data.append(contentsOf: $0) }
            data.append(contentsOf: part.utf8)
        }
    }
}

/// Why a sealed value does not open.
public enum SealError: Error, Sendable, Equatable {
    case unknownFormat
    case unknownKey
    /// Altered, cut, or moved from another place.
    case damaged
}
