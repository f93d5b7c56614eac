internal import Crypto
public import StrictJSON

/// A public key as JSON (RFC 7517): RSA, an elliptic curve of NIST, or Ed25519 (RFC 8037).
///
/// It knows nothing but public members, whatever it was read from.
public struct JSONWebKey: Sendable {
    /// `kid`.
    public let id: String?
    /// `alg`: the only algorithm that the key is for, where the key says so.
    public let algorithm: SignatureAlgorithm?
    let key: VerificationKey

    init(_ key: VerificationKey, id: String?, algorithm: SignatureAlgorithm?) {
        self.key = key
        self.id = id
        self.algorithm = algorithm
    }

    /// Nothing where the key is not one to verify with here: unknown in kind or algorithm, weak, or for another use.
    public init?(_ json: JSON) {
        guard json["use"]?.string ?? "sig" == "sig",
            json["key_ops"]?.array?.contains("verify") ?? true,
            json["kid"] == nil || json["kid"]?.string != nil,
            let key = VerificationKey(json)
        else { return nil }
        let algorithm = json["alg"]?.string.flatMap(SignatureAlgorithm.init(rawValue:))
        guard json["alg"] == nil || algorithm.map(key.fits) ?? false else { return nil }
        self.init(key, id: json["kid"]?.string, algorithm: algorithm)
    }

    /// The key for others to verify with (RFC 7517 §4).
    public var json: JSON {
        var members = key.members
        members["use"] = "sig"
        members["kid"] = id.map(JSON.string)
        members["alg"] = (algorithm?.rawValue).map(JSON.string)
        return .object(members)
    }

    /// SHA-256 over the members that make the key, base64url (RFC 7638 §3).
    public var thumbprint: String { Base64URL.encode(SHA256.hash(data: JSON.object(key.members).bytes)) }

    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        key.fits(algorithm) && (self.algorithm ?? algorithm) == algorithm
    }
}

extension JSONWebKey: Equatable {
    public static func == (left: JSONWebKey, right: JSONWebKey) -> Bool { left.json == right.json }
}
