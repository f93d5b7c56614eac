import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// An `id_token` taken apart, and checked by code that is none of the sandbox's.
struct IDToken {
    let signed: JSONWebSignature
    var claims: JSON { signed.claims }
    var header: JSON { signed.header }

    init(_ answer: Answer) throws {
        signed = try #require(JSONWebSignature(answer.json["id_token"]?.string ?? ""))
    }

    /// Whether one of the keys that `kid` names, or any without it, fits.
    func verifies(with keys: [JSON]) throws -> Bool {
        let algorithm = try #require(SignatureAlgorithm(rawValue: header["alg"]?.string ?? ""))
        return try keys.contains { key in
            guard header["kid"] == nil || header["kid"] == key["kid"] else { return false }
            return try verifies(with: key, algorithm)
        }
    }

    func verifies(secret: String) -> Bool {
        let key = SymmetricKey(data: Data(secret.utf8))
        return HMAC<SHA256>.isValidAuthenticationCode(signed.signature, authenticating: signed.input, using: key)
    }

    private func verifies(with key: JSON, _ algorithm: SignatureAlgorithm) throws -> Bool {
        func bytes(_ name: String) -> Data { key[name]?.string.flatMap(Base64URL.decode) ?? Data() }
        let (input, signature) = (signed.input, signed.signature)
        let point = bytes("x") + bytes("y")
        switch (algorithm, key["crv"]?.string) {
        case (.es256, "P-256"):
            let known = try P256.Signing.PublicKey(rawRepresentation: point)
            return known.isValidSignature(try P256.Signing.ECDSASignature(rawRepresentation: signature), for: input)
        case (.es384, "P-384"):
            let known = try P384.Signing.PublicKey(rawRepresentation: point)
            return known.isValidSignature(try P384.Signing.ECDSASignature(rawRepresentation: signature), for: input)
        case (.es512, "P-521"):
            let known = try P521.Signing.PublicKey(rawRepresentation: point)
            return known.isValidSignature(try P521.Signing.ECDSASignature(rawRepresentation: signature), for: input)
        case (.edDSA, "Ed25519"):
            return try Curve25519.Signing.PublicKey(rawRepresentation: point).isValidSignature(signature, for: input)
        case (_, nil) where algorithm.keyType == .rsa && key["kty"]?.string == "RSA":
            let known = try _RSA.Signing.PublicKey(n: bytes("n"), e: bytes("e"))
            return Self.verifies(.init(rawRepresentation: signature), input, by: known, algorithm)
        default: return false
        }
    }

    private static func verifies(
        _ signature: _RSA.Signing.RSASignature,
        _ input: Data,
        by key: _RSA.Signing.PublicKey,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        let padding: _RSA.Signing.Padding = algorithm.rawValue.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
        return switch algorithm.rawValue.suffix(3) {
        case "256": key.isValidSignature(signature, for: SHA256.hash(data: input), padding: padding)
        case "384": key.isValidSignature(signature, for: SHA384.hash(data: input), padding: padding)
        default: key.isValidSignature(signature, for: SHA512.hash(data: input), padding: padding)
        }
    }
}

extension SandboxDriver {
    /// The published keys.
    func keys(at path: String = "") async throws -> [JSON] {
        try #require(try await send(.get, path + "/jwks").json["keys"]?.array)
    }
}
