import OAuth
import Testing

@testable import Integrations

/// The requests of a definition: verification, account, revocation.
@Suite struct RequestTests {
    private func option(_ verification: String) throws(DefinitionError) -> AuthOption? {
        let yaml = """
            name: acme
            displayName: Acme
            description: Things
            categories: [PRODUCTIVITY]
            color: "#112233"
            auth:
              - key: basic
                type: BASIC_AUTH
                displayName: User name and password
                verification: \(verification)
            """
        return try DefinitionReader.integration(yaml: yaml, file: "acme.yaml").option("basic")
    }

    /// RFC 7617 §2, with its example and with halves that are fixed or empty.
    @Test(
        arguments: [
            ("{username: \"{username}\", password: \"{password}\"}", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ("{username: \"{username}\"}", "Basic QWxhZGRpbjo="),
            ("{username: \"{username}\", password: X}", "Basic QWxhZGRpbjpY"),
            ("{password: \"{password}\"}", "Basic Om9wZW4gc2VzYW1l"),
        ]
    )
    func `Basic credentials are made of both halves`(basic: String, header: String) throws {
        let option = try option("{request: {url: \"https://a.example/me\", basic: \(basic)}}")
        let request = try #require(option?.verification?.request)
        let message = try request.message(with: ["username": "Aladdin", "password": "open sesame"])
        #expect(message.headers.filter { $0.name == "Authorization" }.map(\.value) == [header])
    }

    @Test func `a credential is refused by the usual statuses and those that the definition adds`() throws {
        let url = "request: {url: \"https://a.example/me\"}"
        #expect(try option("{\(url)}")?.verification?.accept == [200])
        #expect(try option("{\(url)}")?.verification?.reject == [401, 403, 404])
        let own = try option("{\(url), accept: [204], reject: [400]}")?.verification
        #expect(own?.accept == [204])
        #expect(own?.reject == [401, 403, 404, 400])
    }

    @Test(
        arguments: [
            ("basic: {user: a}", "verification.request.basic.user", "username"),
            ("basic: {username: \"{name}\"}", "verification.request.basic.username", "{name}"),
            ("basic: {username: a}, headers: {authorization: b}", "verification.request.basic", "Authorization"),
        ]
    )
    func `a fault in a request is named`(part: String, field: String, word: String) throws {
        let error = #expect(throws: DefinitionError.self) {
            try option("{request: {url: \"https://a.example/me\", \(part)}}")
        }
        let text = try #require(error).description
        #expect(text.contains(field) && text.contains(word), "\(text)")
    }

    @Test(arguments: ["[20]", "[500]", "[ok]"])
    func `a status is one of an answer that tells something`(statuses: String) {
        #expect(throws: DefinitionError.self) {
            try option("{request: {url: \"https://a.example/me\"}, reject: \(statuses)}")
        }
    }
}
