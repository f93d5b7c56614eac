import Foundation
import StrictJSON

/// Client authentication by a signed assertion (RFC 7523 §3, OpenID Connect Core §9).
extension Sandbox {
    /// The longest that an assertion may live.
    static let assertionLifetime: TimeInterval = 300

    func checkAssertion(of request: TokenRequest, _ client: SandboxClient, at issuer: Issuer) throws(OAuthError) {
        guard request.parameters["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        else { throw .invalidClient("client_assertion_type is missing or not jwt-bearer") }
        guard let assertion = request.assertion else { throw .invalidClient("private_key_jwt is required") }
        guard Self.isSigned(assertion, by: client) else {
            throw .invalidClient("the assertion is not signed by a registered key")
        }
        let claims = assertion.claims
        guard claims["iss"]?.string == client.id, claims["sub"]?.string == client.id else {
            throw .invalidClient("iss and sub of the assertion must be the client_id")
        }
        let audiences = audiences(client.quirks.assertionAudience, path: request.path, issuer: issuer)
        // One string: of several audiences, one could use the assertion at another.
        guard let audience = claims["aud"]?.string, audiences.contains(audience) else {
            throw .invalidClient("aud of the assertion must be \(audiences.joined(separator: " or "))")
        }
        let now = now()
        guard let expiry = claims["exp"]?.integer.map({ Date(timeIntervalSince1970: Double($0)) }), now < expiry,
            expiry <= now.addingTimeInterval(Self.assertionLifetime)
        else { throw .invalidClient("exp of the assertion must be within five minutes") }
        guard let name = claims["jti"]?.string, !name.isEmpty else {
            throw .invalidClient("jti of the assertion is missing")
        }
        let isFirst = withState { state in
            state.assertions = state.assertions.filter { now < $0.value }
            return state.assertions.updateValue(expiry, forKey: [client.id, name]) == nil
        }
        guard isFirst else { throw .invalidClient("the assertion was used before") }
    }

    private func audiences(_ kind: AssertionAudience, path: String, issuer: Issuer) -> [String] {
        let endpoint = self.issuer + path
        return switch kind {
        case .issuer: [issuer.url]
        case .endpoint: [endpoint]
        case .either: [issuer.url, endpoint]
        }
    }

    /// By the key that `kid` names, or by any.
    private static func isSigned(_ assertion: JSONWebSignature, by client: SandboxClient) -> Bool {
        guard assertion.header["crit"] == nil else { return false }
        let name = assertion.header["kid"]?.string
        let keys = client.publicKeys.filter { name == nil || $0["kid"]?.string == name }
        return keys.compactMap(VerificationKey.init).contains { $0.verifies(assertion) }
    }
}
