import Outbound
import Storage
import StrictJSON

/// Every request that a definition describes, wherever it stands.
extension VocabularyCase {
    static let requests =
        request(.accountRequest, .accountBasic, "/me") { $0 }
        + request(.choicesRequest, .choicesBasic, "/sites") { $0 }
        + request(.verificationRequest, .verificationBasic, "/check") { $0.byKey }
        + request(.revocation, .revocationBasic, "/end") { $0 }

    private static func request(
        _ level: Level,
        _ basic: Level,
        _ path: String,
        _ change: (VocabularyCase) -> VocabularyCase
    ) -> [VocabularyCase] {
        [
            VocabularyCase(level, "method: PUT") { $0.request(path)?.method == .put },
            VocabularyCase(level, "url: https://acme.example/at/{region}") { $0.request("/at/eu") != nil },
            VocabularyCase(level, "basic: {username: \"{region}\", password: p}") {
                $0.request(path)?.header("Authorization") == "Basic ZXU6cA=="
            },
            VocabularyCase(level, "headers: {Acme-Region: \"{region}\"}") {
                $0.request(path)?.header("Acme-Region") == "eu"
            },
            VocabularyCase(level, "body: '{\"region\": \"{region}\"}'") {
                $0.request(path)?.text == "{\"region\": \"eu\"}"
            },
            // `eu:fixed` and `:eu`.
            VocabularyCase(basic, "username: \"{region}\"") {
                $0.request(path)?.header("Authorization") == "Basic ZXU6Zml4ZWQ="
            },
            VocabularyCase(basic, "password: \"{region}\"") {
                $0.request(path)?.header("Authorization") == "Basic OmV1"
            },
        ].map(change)
    }

    static let verification = [
        VocabularyCase(.verification, "request: {url: https://acme.example/me}") { $0.request("/me") != nil },
        VocabularyCase(.verification, "accept: [204]") { $0.isConnected }.answering("/check", status: 204),
        VocabularyCase(.verification, "reject: [409]") { $0.session.errorCode == "credentials_rejected" }
            .answering("/check", status: 409),
    ].map(\.byKey)
}
