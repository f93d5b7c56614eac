/// What can go wrong between us and a provider, apart from the network.
public enum OAuthError: Error, Sendable, Equatable {
    /// The provider answered with an `error` (RFC 6749 §4.1.2.1, §5.2).
    case provider(ProviderError)
    /// A parameter twice, no usable state, or a malformed escape.
    case malformedCallback
    /// The response names another issuer, or none where one is due (RFC 9207 §2.4).
    case issuerMismatch
    /// Neither `error` nor a usable `code`.
    case missingCode
    /// The token endpoint failed without an OAuth error.
    case tokenEndpointStatus(Int)
    case malformedTokenResponse(TokenResponseFault)
    /// The endpoint for pushed authorization requests gave neither a reference nor an OAuth error (RFC 9126 §2.2).
    case pushRefused(status: Int)
    /// The client has to sign what it says, and its secret is no key for that (RFC 7523 §2.2).
    case unusableKey(SigningKeyFault)
    case invalidEndpoint
}

/// Why a token answer with status 200 is not believed.
public enum TokenResponseFault: String, Error, Sendable {
    case notJSON, duplicateMember, tooLarge, missingAccessToken, unusableToken, unusableTokenType
}

/// The error a provider reported, made safe to store and show: ASCII without control characters, cut to 200.
public struct ProviderError: Error, Sendable, Equatable {
    public let code: String
    public let description: String?

    /// `secrets` are what was sent: a provider may repeat them, and they go no further; what is shorter than eight
    /// characters is no secret, and may be part of any word.
    public init(code: String, description: String?, hiding secrets: [Secret] = []) {
        let hide = { (text: String) in
            secrets.filter { $0.reveal().utf8.count >= 8 }.reduce(text) { $0.replacing($1.reveal(), with: "***") }
        }
        self.code = Self.clean(hide(code))
        self.description = description.map { Self.clean(hide($0)) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The characters of RFC 6749 §5.2 (`%x20-21 / %x23-5B / %x5D-7E`); others become a space.
    private static func clean(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(200).map { scalar in
            (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "\\" ? Character(scalar) : " "
        }
        return String(scalars).split(separator: " ").joined(separator: " ")
    }
}
