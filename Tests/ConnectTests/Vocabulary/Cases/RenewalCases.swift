import Integrations
import OAuth
import Outbound
import StrictJSON

/// What a token is renewed with, by the requests that would be sent.
extension VocabularyCase {
    static let renewal = [
        VocabularyCase(.oauth2, "refreshUrl: https://acme.example/refresh") {
            try $0.refresh()?.url == "https://acme.example/refresh"
        },
        VocabularyCase(.oauth2, "refreshParameters: {audience: \"{region}\"}") {
            try $0.refresh()?.parameters["audience"] == "eu"
        },
        VocabularyCase(.oauth2, "refreshMargin: 30") {
            try $0.oauth?.provider(with: ["region": "eu"]).refreshMargin == 30
        },
        VocabularyCase(.oauth2, "refreshExchange: {url: https://acme.example/renew}") {
            $0.oauth?.refreshExchange != nil
        },
        VocabularyCase(.refreshExchange, "method: GET") { try $0.renewal()?.method == "GET" },
        VocabularyCase(.refreshExchange, "url: https://acme.example/other") {
            try $0.renewal()?.url == "https://acme.example/other"
        },
        VocabularyCase(.refreshExchange, "parameters: {token: \"{refreshToken}\"}") {
            try $0.renewal()?.parameters["token"] == "refresh-1"
        },
        VocabularyCase(.refreshExchange, "tokenResponse: {accessToken: token}") {
            $0.oauth?.refreshExchange?.tokenResponse?.accessToken == "token"
        },
    ]
}

extension ConnectAttempt {
    fileprivate func refresh() throws -> HTTPRequestMessage? {
        guard let provider = try oauth?.provider(with: ["region": "eu"]) else { return nil }
        let client = ClientCredentials(id: "client", secret: Secret("s"))
        return try TokenRequest(provider: provider, client: client, grant: .refreshToken(Secret("refresh-1")))
            .message(fresh: Freshness(now: 0, random: []))
    }

    fileprivate func renewal() throws -> HTTPRequestMessage? {
        try oauth?.refreshExchange?.message(with: ["refreshToken": "refresh-1"])
    }
}

extension HTTPRequestMessage {
    fileprivate var parameters: FormParameters {
        FormParameters(encoded: String(decoding: body ?? [], as: UTF8.self)) ?? FormParameters()
    }
}
