internal import Crypto
internal import Foundation
internal import Secrecy
public import Storage

extension Portal {
    /// The key behind an `Authorization` value.
    ///
    /// Missing, malformed, unknown, revoked and expired keys are told apart by nobody: all throw `UNAUTHENTICATED`.
    public func authenticate(authorization: String?) async throws -> APIKey {
        guard let plain = PlainKey(authorization: authorization) else { throw Self.unauthenticated }
        let hash = plain.hash
        guard let key = try await storedKey(hash) else {
            await recordRefusal(.apiKeyRefused, "unknown")
            throw Self.unauthenticated
        }
        let now = now()
        guard key.expiresAt.map({ $0 > now }) ?? true else {
            await recordRefusal(.apiKeyRefused, "expired", of: key.organizationID, on: .apiKey(key.id))
            throw Self.unauthenticated
        }
        noteUse(of: key, hash: hash, at: now)
        return key
    }

    /// From memory only while no other process can remove a key.
    private func storedKey(_ hash: Data) async throws -> APIKey? {
        let read = { [store] in try await store.read { try $0.apiKey(hash: hash) } }
        return store.isShared ? try await read() : try await keyCache.key(hash, orRead: read)
    }

    /// Written at most once a minute, and nobody waits for it.
    private func noteUse(of key: APIKey, hash: Data, at now: Instant) {
        let minuteAgo = now + .seconds(-60)
        guard key.lastUsedAt.map({ $0 < minuteAgo }) ?? true else { return }
        var used = key
        used.lastUsedAt = now
        keyCache.update(used, hash: hash)
        Task { try await store.write { try $0.touchAPIKey(key.id, at: now, ifBefore: minuteAgo) } }
    }

    private static let unauthenticated = PortalError(.unauthenticated, "A valid API key is required")
}

/// An API key in clear: `wvz_` and 32 characters of 0-9, A-Z, a-z (190 random bits).
struct PlainKey: Concealed {
    let text: String
    static let prefix = "wvz_"
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// A new key; bytes that would favour some characters are thrown away.
    init(random: (Int) -> [UInt8]) {
        var characters: [UInt8] = []
        while characters.count < 32 {
            characters += random(48).filter { $0 < 248 }.map { Self.alphabet[Int($0) % 62] }
        }
        text = Self.prefix + String(decoding: characters.prefix(32), as: UTF8.self)
    }

    /// The key in `Bearer wvz_…` (RFC 6750 §2.1), or nothing.
    init?(authorization: String?) {
        guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        let token = parts[1].drop { $0 == " " }
        guard token.hasPrefix(Self.prefix), token.utf8.count == 36,
            token.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.isInAlphabet)
        else { return nil }
        text = String(token)
    }

    private static func isInAlphabet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// A hash without salt or stretching: the key has more entropy than can be searched.
    var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }
}
