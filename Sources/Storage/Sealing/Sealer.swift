internal import Crypto
public import Foundation

/// Seals and opens secrets with AES-256-GCM.
///
/// Layout: `format 2 | length of key id | key id | salt 16 | nonce 12 | ciphertext | tag 16`. Each value has a key of its
/// own, made of the ring's and the salt, so that no number of values wears a key out (NIST SP 800-38D §8.3). The place
/// where a secret is stored is authenticated with it, so that a ciphertext moved to another row, field or organization
/// does not open. Format 1 has no salt, and one key for all values; nothing is sealed so any more.
public struct Sealer: Sendable {
    private let ring: KeyRing
    /// By format and key id; derived once, since every seal and open needs one.
    private let sealingKeys: [UInt8: [String: SymmetricKey]]
    private static let format: UInt8 = 2
    private static let saltLengths: [UInt8: Int] = [1: 0, 2: 16]

    public init(_ ring: KeyRing) {
        self.ring = ring
        sealingKeys = [1: "seal", 2: "seal-2"].mapValues { purpose in
            let derived = ring.ids.compactMap { id in ring.derivedKey(purpose: purpose, id: id).map { (id, $0) } }
            return Dictionary(derived, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The first key of the ring seals, with fresh random salt and nonce.
    public func seal(_ plain: Data, at place: SealedPlace) throws -> Data {
        try seal(plain, at: place, as: Self.format)
    }

    /// For tests, also in an older format.
    func seal(_ plain: Data, at place: SealedPlace, as format: UInt8) throws -> Data {
        guard let id = ring.ids.first else { throw SealError.unknownKey }
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }.prefix(Self.saltLengths[format] ?? 0)
        let key = try key(format, id, salt)
        let header = Data([format, UInt8(id.utf8.count)]) + Data(id.utf8) + salt
        let box = try AES.GCM.seal(plain, using: key, authenticating: header + place.bytes)
        guard let combined = box.combined else { throw SealError.damaged }
        return header + combined
    }

    /// Whether the key that seals now sealed this, in the format of now.
    func isByFirstKey(_ sealed: Data) -> Bool {
        sealed.first == Self.format && Self.keyID(of: sealed) == ring.ids.first
    }

    /// Which key sealed this; nothing where it was not sealed here.
    static func keyID(of sealed: Data) -> String? {
        let bytes = Data(sealed)
        guard bytes.count >= 2, saltLengths[bytes[0]] != nil, bytes.count > 2 + Int(bytes[1]) else { return nil }
        return String(decoding: bytes[2..<(2 + Int(bytes[1]))], as: UTF8.self)
    }

    /// Opens what was sealed for this place; throws `SealError`.
    public func open(_ sealed: Data, at place: SealedPlace) throws -> Data {
        let bytes = Data(sealed)
        guard bytes.count >= 2, let saltLength = Self.saltLengths[bytes[0]] else { throw SealError.unknownFormat }
        let saltStart = 2 + Int(bytes[1])
        let headerLength = saltStart + saltLength
        guard bytes.count > headerLength else { throw SealError.damaged }
        let id = String(decoding: bytes[2..<saltStart], as: UTF8.self)
        let key = try key(bytes[0], id, bytes[saltStart..<headerLength])
        do {
            let box = try AES.GCM.SealedBox(combined: bytes[headerLength...])
            return try AES.GCM.open(box, using: key, authenticating: bytes[..<headerLength] + place.bytes)
        } catch { throw SealError.damaged }
    }

    /// Where there is a salt, HKDF-Expand (RFC 5869 §2.3) of one block, written out: half the time of the general one.
    private func key(_ format: UInt8, _ id: String, _ salt: Data) throws -> SymmetricKey {
        guard let key = sealingKeys[format]?[id] else { throw SealError.unknownKey }
        guard !salt.isEmpty else { return key }
        return SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: salt + [1], using: key))
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
