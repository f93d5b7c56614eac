public import StrictJSON

/// A checked id_token (OpenID Connect Core §2): who signed in, in the words of the provider.
public struct IDToken: Sendable, Equatable {
    /// With `subject` the identity of the person; no other claim is one (OpenID Connect Core §5.7).
    public let issuer: String
    public let subject: String
    /// All claims, as one object.
    public let claims: JSON

    /// Believes the token only if everything is as expected (OpenID Connect Core §3.1.3.7).
    ///
    /// After `.unknownKey` the keys may be fetched anew, once.
    public init(
        _ token: Secret,
        expecting expectation: Expectation,
        keys: JSONWebKeySet,
        clientSecret: Secret? = nil
    ) throws(IDTokenFault) {
        let (payload, algorithm) = try Self.verified(token, expectation, keys, clientSecret)
        guard let claims = try? JSON.parse(payload), claims.object != nil else { throw .malformed }
        let check = IDTokenCheck(claims: claims, expectation: expectation)
        try check.issuer()
        self.subject = try check.subject()
        try check.audience()
        try check.times()
        try check.nonce()
        try check.accessTokenHash(algorithm)
        self.issuer = expectation.issuer
        self.claims = claims
    }

    private static func verified(
        _ token: Secret,
        _ expectation: Expectation,
        _ keys: JSONWebKeySet,
        _ clientSecret: Secret?
    ) throws(IDTokenFault) -> ([UInt8], SignatureAlgorithm) {
        do throws(SignatureFault) {
            let signature = try JSONWebSignature(token, allowing: expectation.algorithms)
            return (try signature.payload(verifiedBy: keys, clientSecret: clientSecret), signature.algorithm)
        } catch { throw IDTokenFault(error) }
    }

    /// Whether an answer of the userinfo endpoint is about the same person (OpenID Connect Core §5.3.2).
    public func agrees(with userinfo: JSON) -> Bool {
        userinfo["sub"]?.string.map { $0.utf8.elementsEqual(subject.utf8) } ?? false
    }

    /// The `email` for which the provider vouches; any other is only what somebody typed.
    public var verifiedEmail: String? {
        let isVerified = claims["email_verified"]
        // Some providers write the boolean as text.
        return isVerified == .bool(true) || isVerified == "true" ? claims["email"]?.string : nil
    }
}
