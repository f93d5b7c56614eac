/// The signature algorithms that can be allowed, by their names in RFC 7518 §3.1 and RFC 8037 §3.1; `none` is none.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    /// With Ed25519, never Ed448.
    case edDSA = "EdDSA"
    /// With the client secret as key (OpenID Connect Core §10.1).
    case hs256 = "HS256"
}
