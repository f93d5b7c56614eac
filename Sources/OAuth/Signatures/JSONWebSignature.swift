internal import Crypto
internal import StrictJSON

/// A signed text in compact form (RFC 7515 §7.1), which gives its payload only to those with the key.
///
/// Keys come from the key set alone: `jwk`, `jku`, `x5c` and `x5u` in the header are not looked at (RFC 8725 §3.10).
public struct JSONWebSignature: Sendable {
    public let algorithm: SignatureAlgorithm
    /// `kid`.
    public let keyID: String?
    /// `typ`.
    public let type: String?
    private let signed: [UInt8]
    private let payload: [UInt8]
    private let signature: [UInt8]

    /// Reads the text and decides about its algorithm, before any key is looked at (RFC 8725 §3.1).
    public init(_ token: Secret, allowing algorithms: Set<SignatureAlgorithm>) throws(SignatureFault) {
        let text = token.reveal()
        guard text.utf8.count <= 65536 else { throw .tooLarge }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Substring.init)
        guard parts.count == 3, let header = Base64URL.strictBytes(parts[0]), let json = try? JSON.parse(header),
            let members = json.object, let payload = Base64URL.strictBytes(parts[1]),
            let signature = Base64URL.strictBytes(parts[2])
        else { throw .malformed }
        guard members["crit"] == nil else { throw .criticalHeader }
        guard let name = members["alg"]?.string else { throw .malformed }
        guard let algorithm = SignatureAlgorithm(rawValue: name), algorithms.contains(algorithm) else {
            throw .algorithmNotAllowed
        }
        guard members["kid"] == nil || members["kid"]?.string != nil else { throw .malformed }
        self.algorithm = algorithm
        self.keyID = members["kid"]?.string
        self.type = members["typ"]?.string
        self.signed = Array(text.utf8[..<parts[1].endIndex])
        self.payload = payload
        self.signature = signature
    }

    /// What was signed, once one of the keys has proved it.
    ///
    /// A `kid` decides on the key; without one every key that fits is tried (OpenID Connect Core §10.1). Throws
    /// `.unknownKey` where it is worth fetching the set again.
    public func payload(
        verifiedBy keys: JSONWebKeySet,
        clientSecret: Secret? = nil
    ) throws(SignatureFault) -> [UInt8] {
        if algorithm == .hs256 {
            try verify(clientSecret)
        } else {
            try verify(keys.keys)
        }
        return payload
    }

    private func verify(_ keys: [JSONWebKey]) throws(SignatureFault) {
        let named = keyID.map { id in keys.filter { $0.id.map { $0.utf8.elementsEqual(id.utf8) } ?? false } } ?? keys
        guard !named.isEmpty else { throw .unknownKey }
        let fitting = named.filter { $0.fits(algorithm) }
        guard !fitting.isEmpty else { throw keyID == nil ? .unknownKey : .unsuitableKey }
        guard fitting.contains(where: { $0.key.isValid(signature, of: signed, algorithm) }) else {
            throw keyID == nil ? .unknownKey : .badSignature
        }
    }

    private func verify(_ clientSecret: Secret?) throws(SignatureFault) {
        guard let clientSecret, !clientSecret.isEmpty else { throw .algorithmNotAllowed }
        _ = try payload(verifiedBy: SymmetricKey(data: Array(clientSecret.reveal().utf8)))
    }

    func payload(verifiedBy key: SymmetricKey) throws(SignatureFault) -> [UInt8] {
        guard HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key) else {
            throw .badSignature
        }
        return payload
    }
}
