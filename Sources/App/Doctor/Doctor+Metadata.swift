import Connect
import Integrations
import OAuth
import Outbound
import StrictJSON

extension Doctor {
    private static let subject = "metadata"

    /// What a discovered provider says of itself, against what is kept; the metadata is that with which a sign-in would
    /// begin.
    func metadata(of oauth: OAuthTemplate, _ integration: Integration) async -> (ProviderMetadata?, [Finding]) {
        do {
            guard let issuer = try oauth.issuer(with: inputs) else { return (nil, []) }
            let review = try await portal.reviewIssuer(issuer)
            guard let metadata = review.known ?? (try? review.current.get()) else {
                return (nil, [unusable(review, .bad)])
            }
            return (metadata, [finding(review, integration)] + elsewhere(metadata, oauth))
        } catch {
            return (nil, [.bad(Self.subject, Failure(describing: error).message)])
        }
    }

    private func finding(_ review: IssuerReview, _ integration: Integration) -> Finding {
        guard case .success = review.current else { return unusable(review, .warning) }
        guard review.known != nil else {
            return .good(Self.subject, "\(review.issuer) describes itself; the first sign-in keeps what it says")
        }
        guard !review.changes.isEmpty else {
            return .good(Self.subject, "\(review.issuer) says of itself what is kept of it")
        }
        return Finding(
            sign: .warning,
            subject: Self.subject,
            text: "\(review.issuer) says something else of itself than what is kept and used",
            hints: review.changes.map { .sentence($0.sentence) } + [
                "If \(integration.displayName) has announced this, take it over: connect-portal integrations accept \(integration.name)"
            ]
        )
    }

    private func unusable(_ review: IssuerReview, _ sign: Finding.Sign) -> Finding {
        let use = review.known == nil ? "nobody can sign in" : "what is kept of it serves on"
        return Finding(
            sign: sign,
            subject: Self.subject,
            text: "\(review.issuer) cannot be asked, so \(use): \(review.problem)",
            hints: []
        )
    }

    /// The portal sends nobody to sign in at a host that the definition does not allow.
    private func elsewhere(_ metadata: ProviderMetadata, _ oauth: OAuthTemplate) -> [Finding] {
        let address = WebAddress(metadata.authorizationEndpoint)
        guard let address, !oauth.mayUse(address), address.origin != WebAddress(metadata.issuer)?.origin else {
            return []
        }
        return [
            .bad(
                Self.subject,
                "people would sign in at \(address.host), which is not the issuer's host",
                "If that is right, name it in allowedHosts of a definition of your own."
            )
        ]
    }
}

extension IssuerReview {
    /// Why what the issuer says cannot be used.
    var problem: String {
        guard case .failure(let error) = current else { return "" }
        switch error {
        case let error as TransportError: return "\(error.sentence). \(error.advice)"
        case let fault as ProviderMetadataFault: return fault.sentence
        default: return Failure(describing: error).message
        }
    }
}

extension ProviderMetadata.Change {
    /// For example `token_endpoint: was https://a.example/token, is now https://b.example/token`.
    var sentence: String {
        "\(member.rawValue): was \(Self.text(old)), is now \(Self.text(new))"
    }

    private static func text(_ value: JSON?) -> String {
        guard let value else { return "not there" }
        return value.string ?? value.array?.compactMap(\.string).joined(separator: ", ") ?? value.text
    }
}

extension ProviderMetadataFault {
    var sentence: String {
        switch self {
        case .unusableIssuer: "the issuer is not a plain https address"
        case .malformed: "there is no metadata"
        case .issuerMismatch: "the metadata is another issuer's"
        case .missing(let member): "\(member.rawValue) is missing"
        case .unusable(let member): "\(member.rawValue) is not a plain https address, or of the wrong type"
        case .withoutS256: "it knows code challenge methods (PKCE), and S256 is none of them"
        }
    }
}
