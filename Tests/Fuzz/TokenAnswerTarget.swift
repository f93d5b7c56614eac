import Integrations
import OAuth
import StrictJSON

extension Target {
    /// The answer of a token endpoint.
    ///
    /// First line: the integration whose quirks count, the status, the content type.
    static let tokenAnswer = Target("token-answer", prepare: { _ = TokenProviders.byName }) { sample in
        let words = sample.head.line.split(separator: " ", maxSplits: 2).map(String.init)
        let provider = words.first.flatMap { TokenProviders.byName[$0] } ?? TokenProviders.plain
        let answer = HTTPResponseMessage(
            status: words.dropFirst().first.flatMap { Int($0) } ?? 200,
            contentType: words.dropFirst(2).first,
            body: sample.head.rest
        )
        do throws(OAuthError) {
            let response = try TokenResponse(answer, from: provider, hiding: [Secret("sent-secret")])
            expect(answer.status == 200, "tokens come with status 200")
            check(response, of: provider)
        } catch {
            if case .provider(let words) = error { check(words) }
        }
    }

    private static func check(_ response: TokenResponse, of provider: OAuthProvider) {
        for token in [response.accessToken, response.refreshToken, response.idToken].compactMap(\.self) {
            let text = token.reveal()
            expect(!text.isEmpty, "a token is not empty")
            // RFC 6749 §A.12 without the space, which no header could carry.
            expect(text.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a token has visible ASCII characters")
        }
        expect(response.expiresIn.map { (1...315_360_000).contains($0) } ?? true, "a lifetime is one")
        expect(provider.tokenType.map { $0 == response.tokenType } ?? true, "the token type is the definition's")
        let kept = Set(response.data.members.map(\.name))
        expect(kept.isSubset(of: provider.keepFromToken), "nothing is kept but what the definition names")
        let same = response.replacing(response)
        expect(same.refreshToken == response.refreshToken && same.data == response.data, "a copy replaces nothing")
    }

    private static func check(_ error: ProviderError) {
        for text in [error.code, error.description ?? ""] {
            // RFC 6749 §5.2.
            expect(
                text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
                    && text.utf8.count <= 200,
                "the provider's words are safe to show"
            )
            expect(!text.contains("sent-secret"), "what was sent is not shown")
        }
    }
}

/// The providers of the catalog, as far as they can be without anybody's input.
enum TokenProviders {
    static let plain = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")

    static let byName: [String: OAuthProvider] = Dictionary(
        SampleCatalog.integrations.compactMap { integration in
            integration.auth.compactMap(\.issuer).first
                .flatMap { try? $0.provider(with: [:], discovered: plain.endpoints) }
                .map { (integration.name, $0) }
        },
        uniquingKeysWith: { first, _ in first }
    )
}

/// The catalog as it is shipped.
enum SampleCatalog {
    static let integrations: [Integration] = {
        do { return try Catalog.load().integrations } catch { fatalError("\(error)") }
    }()
}
