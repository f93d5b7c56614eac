public import StrictJSON

/// An application registered at the sandbox, and how the sandbox treats it.
public struct SandboxClient: Sendable {
    public var id: String
    /// `nil` makes a public client, which proves itself by PKCE alone (RFC 6749 §2.1).
    public var secret: String?
    /// The public keys by which it signs assertions (RFC 7523 §3), each a JWK.
    public var publicKeys: [JSON]
    /// Compared character by character with the request's (RFC 9700 §2.1).
    public var redirectURIs: [String]
    /// Shown on the consent page.
    public var name: String
    public var quirks: Quirks
    public var faults: Faults

    public init(
        id: String,
        secret: String?,
        publicKeys: [JSON] = [],
        redirectURIs: [String],
        name: String,
        quirks: Quirks = Quirks(),
        faults: Faults = Faults()
    ) {
        self.id = id
        self.secret = secret
        self.publicKeys = publicKeys
        self.redirectURIs = redirectURIs
        self.name = name
        self.quirks = quirks
        self.faults = faults
    }
}
