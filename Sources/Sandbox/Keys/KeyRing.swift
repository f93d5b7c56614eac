import StrictJSON

/// The provider's keys, one of each type, made when first needed.
struct KeyRing: Sendable {
    /// RSA keys take long to make: the first one serves every sandbox of a process.
    private static let firstRSA = try? SigningKey(.rsa)

    private var current: [KeyType: SigningKey] = [:]
    /// Earlier keys whose tokens must still be readable.
    private var retired: [SigningKey] = []
    /// Keys that never sign anything, to stand beside the right ones.
    private var idle: [KeyType: SigningKey] = [:]
    private var hasRotated = false

    mutating func key(_ type: KeyType) throws -> SigningKey {
        if let known = current[type] { return known }
        let first = type == .rsa && !hasRotated ? Self.firstRSA : nil
        let made = try first ?? SigningKey(type)
        current[type] = made
        return made
    }

    /// From now on other keys sign (OpenID Connect Core §10.1.1).
    mutating func rotate(keepingOld: Bool) {
        retired = keepingOld ? KeyType.allCases.compactMap { current[$0] } + retired : []
        current = [:]
        hasRotated = true
    }

    /// The public halves (RFC 7517 §5).
    mutating func publicKeys(withIdleOnes: Bool) throws -> [JSON] {
        var keys: [JSON] = []
        for type in KeyType.allCases {
            if withIdleOnes { keys.append(try idleKey(type).publicKey()) }
            keys.append(try key(type).publicKey())
        }
        return try keys + retired.map { try $0.publicKey() }
    }

    private mutating func idleKey(_ type: KeyType) throws -> SigningKey {
        let known = try idle[type] ?? SigningKey(type)
        idle[type] = known
        return known
    }
}
