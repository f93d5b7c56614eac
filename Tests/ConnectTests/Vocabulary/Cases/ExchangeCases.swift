import Outbound
import StrictJSON

/// The second exchange, for a token that lives long.
extension VocabularyCase {
    static let exchanges = [
        VocabularyCase(.exchangeForLongLived, "method: GET") { $0.request("/long")?.method == .get },
        VocabularyCase(.exchangeForLongLived, "url: https://acme.example/longer") {
            $0.credentials["accessToken"] == "longer-1"
        }.answering("/longer", ["access_token": "longer-1"]),
        VocabularyCase(
            .exchangeForLongLived,
            "parameters: {t: \"{accessToken}\", i: \"{clientId}\", s: \"{clientSecret}\", r: \"{region}\"}"
        ) { $0.request("/long")?.text == "i=client&r=eu&s=secret%2F1&t=access-1" },
        VocabularyCase(.exchangeForLongLived, "tokenResponse: {accessToken: nested.access}") {
            $0.credentials["accessToken"] == "nested-long"
        },
    ]
}
