import Integrations

/// How the credential is used, which the API tells to those who use it.
extension VocabularyCase {
    static let api = use(.api, .apiBasic) + use(.optionAPI, .optionAPIBasic)

    private static func use(_ level: Level, _ basic: Level) -> [VocabularyCase] {
        [
            VocabularyCase(level, "baseUrl: https://{region}.acme.example") {
                $0.api?.baseURL == "https://{region}.acme.example"
            },
            VocabularyCase(level, "basic: {username: u, password: p}") {
                $0.api?.basic.map { $0 == ("u", "p") } == true
            },
            VocabularyCase(level, "headers: {Acme-Region: \"{region}\"}") {
                $0.api?.headers.contains { $0 == ("Acme-Region", "{region}") } == true
            },
            VocabularyCase(basic, "username: \"{region}\"") {
                $0.api?.basic.map { $0 == ("{region}", "fixed") } == true
            },
            VocabularyCase(basic, "password: \"{region}\"") { $0.api?.basic.map { $0 == ("", "{region}") } == true },
        ]
    }
}

extension ConnectAttempt {
    fileprivate var api: APIUse? { integration.auth[0].api }
}
