import OAuth
import Storage
import StrictJSON

/// The token request, and what is made of its answer.
extension VocabularyCase {
    static let tokens = [
        VocabularyCase(.oauth2, "tokenParameters: {audience: \"{region}\"}") {
            $0.tokenRequest?.form["audience"] == "eu"
        },
        VocabularyCase(.oauth2, "bodyFormat: json") {
            $0.tokenRequest?.header("Content-Type") == "application/json"
                && (try? JSON.parse($0.tokenRequest?.text ?? ""))?["code"] == "code-1"
        },
        VocabularyCase(.oauth2, "tokenHeaders: {Acme-Version: \"2\"}") {
            $0.tokenRequest?.header("Acme-Version") == "2"
        },
        VocabularyCase(.oauth2, "tokenResponse: {accessToken: nested.access}") {
            $0.credentials["accessToken"] == "nested-access"
        },
        VocabularyCase(.oauth2, "tokenType: User") { $0.credentials["tokenType"] == "User" },
        VocabularyCase(.oauth2, "idTokenAlgorithms: [ES256]") { $0.isConnected }
            .given(.oauth2, "issuer: https://acme.example\njwksUrl: https://acme.example/jwks"),
        VocabularyCase(.oauth2, "keepFromToken: [team.id]") { $0.credentials["data"] == ["team.id": "T1"] },
        VocabularyCase(.oauth2, "accessTokenLifetime: 60") { $0.isConnected(for: 60) }.answering(
            "/token",
            ["access_token": "a"]
        ),
        VocabularyCase(.oauth2, "revocation: {url: https://acme.example/end}") { $0.request("/end") != nil }
            .given(Level.useless),
        VocabularyCase(.oauth2, "exchangeForLongLived: {url: https://acme.example/long}") {
            $0.credentials["accessToken"] == "long-1"
        },
    ]

    static let tokenAnswers = [
        VocabularyCase(.tokenResponse, "accessToken: nested.access") {
            $0.credentials["accessToken"] == "nested-access"
        },
        VocabularyCase(.tokenResponse, "refreshToken: nested.refresh") {
            $0.credentials["refreshToken"] == "nested-refresh"
        },
        VocabularyCase(.tokenResponse, "tokenType: nested.type") { $0.credentials["tokenType"] == "bot" },
        VocabularyCase(.tokenResponse, "expiresIn: nested.expires") { $0.isConnected(for: 7200) },
        VocabularyCase(.tokenResponse, "expiresInUnit: ms") { $0.isConnected(for: 3) },
        VocabularyCase(.tokenResponse, "scope: nested.scope") { $0.connection?.grantedScopes == ["nested"] },
        VocabularyCase(.tokenResponse, "idToken: nested.id") { $0.connection?.accountID == "nested-sub" }
            .given(Level.fromIdToken.given),
        VocabularyCase(.tokenResponse, "successFlag: nested.ok") { $0.session.errorCode == "provider_error" },
        VocabularyCase(.tokenResponse, "error: nested.error") { $0.session.errorCode == "access_denied" },
        VocabularyCase(.tokenResponse, "errorDescription: nested.description") { attempt in
            attempt.events.contains { $0.detail["providerDescription"] == "nested words" }
        }.given(.tokenResponse, "error: nested.error"),
    ]
}

extension ConnectAttempt {
    /// Whether there is a token for so many seconds.
    fileprivate func isConnected(for seconds: Int) -> Bool {
        guard let connection else { return false }
        return connection.expiresAt == connection.createdAt + Duration.seconds(seconds)
    }
}
