public import Crypto
public import Foundation
public import Secrecy

/// The encryption keys: the first seals, all open.
///
/// As text `id:base64[,id:base64…]`, 32 bytes each.
public struct KeyRing: Sendable, Concealed {
    struct Entry: Sendable {
        let id: String
        let key: SymmetricKey
        /// Derived once, because every page asks for a code.
        let codeKeys: [CodePurpose: SymmetricKey]

        init(id: String, key: SymmetricKey) {
            self.id = id
            self.key = key
            codeKeys = Dictionary(
                uniqueKeysWithValues: CodePurpose.allCases.map { ($0, Self.derivedKey(key, purpose: $0.rawValue)) }
            )
        }

        static func derivedKey(_ key: SymmetricKey, purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key,
                salt: Data("connect-portal".utf8),
                info: Data(purpose.utf8),
                outputByteCount: 32
            )
        }
    }

    /// What codes prove.
    public enum CodePurpose: String, Sendable, CaseIterable {
        /// That a browser was shown a session.
        case browserTicket = "browser-ticket"
        /// That the app heard who connected.
        case confirmHandle = "confirm-handle"
    }

    let entries: [Entry]

    /// Reads the text; throws `KeyRingError` that says which entry is wrong without showing it.
    public init(text: String) throws(KeyRingError) {
        var entries: [Entry] = []
        for (index, part) in text.split(whereSeparator: { $0 == "," || $0.isNewline }).enumerated() {
            let halves = part.trimmingCharacters(in: .whitespaces).split(separator: ":", maxSplits: 1).map(String.init)
            guard halves.count == 2, halves[0].wholeMatch(of: /[A-Za-z0-9_\-]{1,32}/) != nil else {
                throw KeyRingError(
                    entry: index + 1,
                    problem: "must look like id:base64, with an id of letters, digits, _ and -"
                )
            }
            guard let bytes = Data(base64Encoded: halves[1]), bytes.count == 32 else {
                throw KeyRingError(
                    entry: index + 1,
                    problem: "must hold 32 bytes in Base64, as `openssl rand -base64 32` prints"
                )
            }
            guard !entries.contains(where: { $0.id == halves[0] }) else {
                throw KeyRingError(entry: index + 1, problem: "has the id of an earlier key")
            }
            entries.append(Entry(id: halves[0], key: SymmetricKey(data: bytes)))
        }
        guard !entries.isEmpty else { throw KeyRingError(entry: 1, problem: "is missing") }
        self.entries = entries
    }

    /// A ring of one new key, as text.
    public static func newText() -> String {
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return "k1:" + key.base64EncodedString()
    }

    public var ids: [String] { entries.map(\.id) }

    /// A key for one purpose only, from the entry of that id or the first (HKDF-SHA256, RFC 5869).
    public func derivedKey(purpose: String, id: String? = nil) -> SymmetricKey? {
        guard let entry = id == nil ? entries.first : entries.first(where: { $0.id == id }) else { return nil }
        return Entry.derivedKey(entry.key, purpose: purpose)
    }

    /// A code (HMAC-SHA256, RFC 2104) by the first key, which proves that we wrote a message.
    public func code(of message: Data, purpose: CodePurpose) -> [UInt8] {
        let key = entries.first?.codeKeys[purpose]
        return key.map { Array(HMAC<SHA256>.authenticationCode(for: message, using: $0)) } ?? []
    }

    /// Whether any of the keys made the code; compares in constant time.
    public func isCode(_ code: Data, of message: Data, purpose: CodePurpose) -> Bool {
        entries.compactMap { $0.codeKeys[purpose] }.contains { key in
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
        }
    }
}

/// Which entry of the encryption keys is wrong.
public struct KeyRingError: Error, Sendable, CustomStringConvertible {
    public let entry: Int
    public let problem: String

    public var description: String { "encryption key \(entry) \(problem)" }
}
