import OAuth

/// What the refusal of a made-up code says about the client.
struct TokenVerdict {
    static let subject = "client secret"

    let provider: String
    let authentication: ClientAuthenticationMethod
    let hasSecret: Bool

    /// For what the token endpoint answered; nothing for an answer with tokens.
    func finding(for error: OAuthError?) -> Finding {
        switch error {
        case .provider(let error): finding(for: error)
        case .tokenEndpointStatus(let status) where status == 401:
            .explaining(.of("invalid_client"), as: .bad, Self.subject, "\(provider) refuses the client with status 401")
        case .tokenEndpointStatus(let status):
            .warning(
                Self.subject,
                "the token endpoint answers with status \(status) and no OAuth error, which tells nothing about the client",
                "Compare the token address with the provider's documentation."
            )
        case .unusableKey(let fault):
            .bad(Self.subject, "the client secret must be a private key: \(fault.sentence)")
        case nil:
            .warning(
                Self.subject,
                "\(provider) issued a token for a made-up code",
                "This is no token endpoint for authorization codes: compare its address with the provider's documentation."
            )
        default:
            .warning(
                Self.subject,
                "the token endpoint's answer cannot be read, which tells nothing about the client",
                "Compare the token address with the provider's documentation."
            )
        }
    }

    private func finding(for error: ProviderError) -> Finding {
        let help = SignInVerdict.help(for: error)
        switch help?.matter {
        case .grant: return accepted(error)
        case .client? where authentication == .privateKeyJWT:
            return .bad(
                Self.subject,
                "\(provider) refuses: \(error.sentence)",
                "Register the key set above at the provider, and compare assertionAudience of the definition with what it wants."
            )
        case .client?, .redirectURI?:
            return .explaining(help, as: .bad, Self.subject, "\(provider) refuses: \(error.sentence)")
        default:
            let text = "\(provider) answers \(error.sentence), so the client may be right or wrong"
            return .explaining(help, as: .warning, Self.subject, text)
        }
    }

    /// Clients are authenticated before codes are looked at (RFC 6749 §3.2.1), at most providers.
    private func accepted(_ error: ProviderError) -> Finding {
        let proof = hasSecret && authentication != .none ? "client id and \(secretName)" : "client id"
        return .good(
            Self.subject,
            "\(provider) accepts \(proof), and refused only a made-up code (\(error.code)): one failed request that it may log"
        )
    }

    private var secretName: String { authentication == .privateKeyJWT ? "private key" : "client secret" }
}

extension SigningKeyFault {
    /// Why a text is no key to sign with, to follow a colon.
    var sentence: String {
        switch self {
        case .malformed: "it is neither PEM (PKCS #8) nor a JWK, or does not hold together"
        case .encrypted: "it needs a passphrase; write it without one: openssl pkcs8 -topk8 -nocrypt"
        case .notPrivate: "it is a public key or a certificate"
        case .unsupported: "it is not RSA, P-256 or Ed25519"
        case .tooShort: "it is RSA with fewer than 2048 bits"
        case .cannotSign: "it can be read and does not sign"
        }
    }
}
