internal import FoundationEssentials

/// The OAuth app that the portal is at a provider: its client id and, for a confidential client, its secret.
public struct ClientCredentials: Sendable, Hashable {
    public var id: String
    public var secret: Secret?

    public init(id: String, secret: Secret?) {
        self.id = id
        self.secret = secret
    }

    /// The `Authorization` value of client_secret_basic (RFC 6749 §2.3.1).
    func basicAuthorization(encoded: Bool) -> String {
        let secret = secret?.reveal() ?? ""
        let pair = encoded ? "\(PercentEncoding.encode(id)):\(PercentEncoding.encode(secret))" : "\(id):\(secret)"
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }
}
