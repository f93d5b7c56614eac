import Connect
import Foundation
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// A person's own client id and secret (RFC 6749 §4.4), for which nobody needs an OAuth app.
@Suite struct ClientCredentialsTests {
    private func acme(_ more: String = "scopes: [read, write]") async throws -> Acme {
        var acme = try await Acme(
            .init(.oauth2, "grant: client_credentials\nauthorizationUrl:"),
            .init(.oauth2, more),
            .init(
                .account,
                "request:\n  url: https://acme.example/me\n  headers: {Authorization: \"Bearer {accessToken}\"}"
            ),
            apps: []
        )
        acme.typed = ["clientId": " own-client ", "clientSecret": "own secret"]
        acme.tokens = { _ in ["access_token": "access-1", "token_type": "Bearer", "expires_in": 600] }
        return acme
    }

    @Test func `what was typed is exchanged, and kept sealed`() async throws {
        let acme = try await acme()
        let visit = try await acme.press()
        #expect(visit.session.status == .completed)
        let request = try #require(acme.test.provider.requests(to: "/token").first)
        #expect(request.form.pairs.map(\.name) == ["grant_type", "scope"])
        #expect(request.form["grant_type"] == "client_credentials")
        #expect(request.form["scope"] == "read write")
        let basic = Data("own-client:own%20secret".utf8).base64EncodedString()
        #expect(request.header("Authorization") == "Basic \(basic)")

        let connection = try #require(try await acme.connection(of: visit))
        #expect(connection.type == .oauth2)
        #expect(connection.accountID == "m-1")
        #expect(connection.grantedScopes == ["read", "write"])
        #expect(connection.expiresAt == acme.test.clock.now + .seconds(600))
        let credentials = try await acme.credentials(of: visit)
        #expect(credentials["clientId"] == "own-client")
        #expect(credentials["clientSecret"] == "own secret")
        #expect(credentials["refreshToken"]?.isNull ?? true)
        let shown = try await acme.test.portal.credentials(of: connection, for: acme.test.key).json
        #expect(shown["accessToken"] == "access-1")
        #expect(!shown.text.contains("own secret"))
        #expect(try await acme.test.database.contents().range(of: Data("own secret".utf8)) == nil)
    }

    @Test(arguments: [(401, "invalid_client"), (400, "invalid_client"), (400, "invalid_grant")])
    func `what the provider does not know is the person's to correct`(status: Int, error: String) async throws {
        var acme = try await acme()
        acme.answers.statuses["/token"] = status
        acme.tokens = { _ in ["error": .string(error)] }
        let visit = try await acme.press()
        #expect(visit.failure == .credentialsRejected)
        #expect(visit.session.isOpen)
        #expect(visit.session.errorCode == "credentials_rejected")
        #expect(try await acme.connection(of: visit) == nil)
        #expect(try await acme.test.events(visit.session).last == "form_rejected")

        acme.test.provider.reply(to: "/token", #"{"access_token":"a"}"#)
        #expect(try await acme.press(after: visit).session.status == .completed)
    }

    @Test(arguments: [
        (500, #"{}"#, FailureCode.providerUnavailable), (400, #"{"error":"invalid_scope"}"#, .invalidScope),
        (200, #"{"token_type":"Bearer"}"#, .invalidResponse), (200, "<html>", .invalidResponse),
    ])
    func `what is not the person's fault is not called so`(status: Int, body: String, code: FailureCode) async throws {
        let acme = try await acme()
        let visit = try await acme.press()
        acme.test.provider.reply(to: "/token", status: status, body)
        let minted = try await acme.test.mint(["integrationName": "acme", "authMethodKey": .null, "externalId": "b"])
        #expect(visit.session.status == .completed)
        #expect(try await acme.press(in: minted.session).failure == code)
    }

    @Test func `an empty box is asked for again, and nothing is sent`() async throws {
        var acme = try await acme()
        acme.typed = ["clientId": "own-client"]
        guard case .form(let faults) = try await acme.press().step else { throw UnexpectedStep() }
        #expect(faults.keys.sorted() == ["clientSecret"])
        #expect(acme.count("/token") == 0)
    }

    @Test func `a token's life counts from the request`() async throws {
        let acme = try await acme()
        let clock = acme.test.clock
        acme.test.provider.during("/token") { clock.advance(by: .seconds(25)) }
        let asked = acme.test.clock.now
        let visit = try await acme.press()
        #expect(try await acme.connection(of: visit)?.expiresAt == asked + .seconds(600))
    }

    @Test func `parameters and names of the definition go along`() async throws {
        var acme = try await acme(
            """
            scopes: [read, write]
            scopeSeparator: ","
            tokenParameters: {audience: "https://{region}.acme.example"}
            clientAuthentication: client_secret_post
            parameterNames: {client_id: client_key}
            bodyFormat: json
            """
        )
        acme.typed["region"] = "us"
        _ = try await acme.press()
        let body = try JSON.parse(acme.test.provider.requests(to: "/token").first?.text ?? "")
        #expect(
            body == [
                "grant_type": "client_credentials", "scope": "read,write", "client_key": "own-client",
                "client_secret": "own secret", "audience": "https://us.acme.example",
            ]
        )
    }

    @Test func `a new token is had by the same client`() async throws {
        var acme = try await acme()
        let visit = try await acme.press()
        let id = try #require(visit.session.connectionID)
        acme.tokens = { _ in ["access_token": "access-2", "expires_in": 600] }
        acme.test.provider.reply(to: "/token", #"{"access_token":"access-2","expires_in":600}"#)
        acme.test.clock.advance(by: .seconds(500))
        _ = try await acme.test.portal.refreshConnection(id, for: acme.test.key)
        let requests = acme.test.provider.requests(to: "/token")
        #expect(requests.count == 2)
        #expect(requests[0].form == requests[1].form)
        #expect(requests[0].header("Authorization") == requests[1].header("Authorization"))
        #expect(try await acme.credentials(of: visit)["accessToken"] == "access-2")
        #expect(try await acme.connection(of: visit)?.expiresAt == acme.test.clock.now + .seconds(600))
    }
}
