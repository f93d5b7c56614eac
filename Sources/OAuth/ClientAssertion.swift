public import StrictJSON

/// A statement that the client is who it says, signed with its private key (RFC 7523 §3): `private_key_jwt`.
///
/// One is made for each request, repetitions included, because servers refuse a second use.
public struct ClientAssertion: Sendable {
    public var clientID: String
    /// The one server it is for: its issuer, or else exactly the address it is sent to.
    public var audience: String
    /// `jti`.
    public var id: String
    /// Seconds since 1970.
    public var issuedAt: Int64

    /// `randomBytes` must be fresh; 16 of them are enough for a `jti`.
    public init(clientID: String, audience: String, randomBytes: [UInt8], issuedAt: Int64) {
        self.clientID = clientID
        self.audience = audience
        self.id = Base64URL.encode(randomBytes)
        self.issuedAt = issuedAt
    }

    /// The claims; they hold for one minute.
    public var claims: JSON.Object {
        [
            "iss": .string(clientID), "sub": .string(clientID), "aud": .string(audience), "jti": .string(id),
            "iat": .integer(issuedAt), "exp": .integer(issuedAt + 60),
        ]
    }

    /// What proves the client in a request (RFC 7523 §2.2).
    public func parameters(signedWith key: SigningKey) throws(SigningKeyFault) -> FormParameters {
        FormParameters([
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", try key.sign(claims: claims, header: ["typ": "JWT"]).reveal()),
        ])
    }
}
