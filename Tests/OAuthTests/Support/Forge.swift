import Crypto
import CryptoExtras
import FoundationEssentials
import OAuth
import StrictJSON

/// Makes signed texts for tests, also such as no honest provider would make.
enum Forge: Sendable {
    case none
    case hs256(String)
    case es256(P256.Signing.PrivateKey)
    case rs256
    case ps256

    /// The key of `PublishedKeys.rsa`, and one that nobody else has.
    private static let rsa = try? _RSA.Signing.PrivateKey(pemRepresentation: PEMKeys.rsa)
    static let p256 = P256.Signing.PrivateKey()

    var algorithm: String {
        switch self {
        case .none: "none"
        case .hs256: "HS256"
        case .es256: "ES256"
        case .rs256: "RS256"
        case .ps256: "PS256"
        }
    }

    func token(_ claims: JSON, header: JSON.Object = [:]) -> Secret {
        var members: JSON.Object = ["alg": .string(algorithm), "typ": "JWT"]
        for member in header.members { members[member.name] = member.value }
        return token(payload: claims.bytes, header: JSON.object(members).bytes)
    }

    func token(payload: [UInt8], header: [UInt8]) -> Secret {
        let text = Base64URL.encode(header) + "." + Base64URL.encode(payload)
        return Secret(text + "." + Base64URL.encode(signature(of: Array(text.utf8))))
    }

    private func signature(of message: [UInt8]) -> Data {
        let signature: Data? =
            switch self {
            case .none: Data()
            case .hs256(let key):
                Data(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(key.utf8))))
            case .es256(let key): try? key.signature(for: message).rawRepresentation
            case .rs256: try? Self.rsa?.signature(for: message, padding: .insecurePKCS1v1_5).rawRepresentation
            case .ps256: try? Self.rsa?.signature(for: message, padding: .PSS).rawRepresentation
            }
        return signature ?? Data()
    }

    /// The public half of an elliptic key as JWK.
    static func jwk(_ key: P256.Signing.PrivateKey, id: String? = nil) -> JSON {
        let point = key.publicKey.rawRepresentation
        var members: JSON.Object = [
            "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(point.prefix(32))),
            "y": .string(Base64URL.encode(point.suffix(32))),
        ]
        members["kid"] = id.map(JSON.string)
        return .object(members)
    }
}

extension JSON {
    /// The object with some members set, or, for nothing, left out.
    func with(_ changes: [String: JSON?]) -> JSON {
        var members = object ?? [:]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) { members[name] = value }
        return .object(members)
    }

    /// A published key with a name.
    static func key(_ text: String, id: String? = nil) throws -> JSON {
        try JSON.parse(text).with(id.map { ["kid": .string($0)] } ?? [:])
    }
}
