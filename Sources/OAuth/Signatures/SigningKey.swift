internal import Crypto
internal import CryptoExtras
public import StrictJSON

/// A private key that signs for us as a client: RSA from 2048 bits, P-256 or Ed25519.
///
/// Like a `Secret` it shows nothing of itself.
public struct SigningKey: Sendable {
    /// What the key signs with: RS256, ES256 or EdDSA, or what a JWK names.
    public let algorithm: SignatureAlgorithm
    /// What others verify with; its `kid` is the JWK's own, or else the thumbprint (RFC 7638).
    public let publicKey: JSONWebKey
    private let material: Material

    enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)

        var publicKey: VerificationKey {
            switch self {
            case .rsa(let key): .rsa(key.publicKey)
            case .p256(let key): .p256(key.publicKey)
            case .ed25519(let key): .ed25519(key.publicKey)
            }
        }
    }

    /// Reads PEM (PKCS #8, or the older `RSA PRIVATE KEY` and `EC PRIVATE KEY`) or a JWK.
    public init(_ text: Secret) throws(SigningKeyFault) {
        let text = text.reveal()
        guard text.utf8.count <= 32768 else { throw .malformed }
        if text.contains("-----BEGIN ") {
            try self.init(Material(pem: text), id: nil, algorithm: nil)
        } else {
            guard let json = try? JSON.parse(text), json.object != nil else { throw .malformed }
            try self.init(Material(json), id: json["kid"]?.string, algorithm: json["alg"])
        }
    }

    private init(_ material: Material, id: String?, algorithm name: JSON?) throws(SigningKeyFault) {
        let key = material.publicKey
        let algorithm =
            if let name {
                name.string.flatMap(SignatureAlgorithm.init(rawValue:))
            } else {
                [.rs256, .es256, .edDSA].first(where: key.fits)
            }
        guard let algorithm, key.fits(algorithm) else { throw .unsupported }
        let thumbprint = JSONWebKey(key, id: nil, algorithm: nil).thumbprint
        self.algorithm = algorithm
        self.publicKey = JSONWebKey(key, id: id ?? thumbprint, algorithm: algorithm)
        self.material = material
    }

    /// The claims, signed, in compact form (RFC 7515 §7.1); `alg` and `kid` go before the rest of the header.
    public func sign(claims: JSON.Object, header: JSON.Object = [:]) throws(SigningKeyFault) -> Secret {
        var members: JSON.Object = ["alg": .string(algorithm.rawValue)]
        members["kid"] = publicKey.id.map(JSON.string)
        for member in header.members where members[member.name] == nil { members[member.name] = member.value }
        let head = Base64URL.encode(JSON.object(members).bytes)
        let body = Base64URL.encode(JSON.object(claims).bytes)
        let signature = try signature(of: Array("\(head).\(body)".utf8))
        return Secret("\(head).\(body).\(Base64URL.encode(signature))")
    }

    private func signature(of message: [UInt8]) throws(SigningKeyFault) -> [UInt8] {
        do {
            switch material {
            case .rsa(let key):
                guard let padding = algorithm.padding else { throw SigningKeyFault.cannotSign }
                let digest = algorithm.digest(of: message)
                return Array(try key.signature(for: digest, padding: padding).rawRepresentation)
            case .p256(let key): return Array(try key.signature(for: message).rawRepresentation)
            case .ed25519(let key): return Array(try key.signature(for: message))
            }
        } catch { throw .cannotSign }
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
