import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

/// Pushed authorization requests (RFC 9126).
@Suite struct PushedAuthorizationTests {
    private func acme(_ more: Definition.Change..., apps: [PlatformApp]? = nil) async throws -> Acme {
        let pushing = Definition.Change(.oauth2, "pushedAuthorizationUrl: https://acme.example/par\nscopes: [read]")
        return try await Acme([pushing] + more, apps: apps)
    }

    /// Goes on from a pushed request, whose state the browser does not carry.
    private func comeBack(_ acme: Acme, from visit: Acme.Visit) async throws -> ConnectSession {
        let state = acme.test.provider.requests(to: "/par").last?.form["state"] ?? ""
        return try await acme.test.callback("state=\(state)&code=c", visit.ticket)
    }

    @Test func `the browser carries a reference, and the provider has the request`() async throws {
        let acme = try await acme()
        let visit = try await acme.press()
        #expect(visit.url == "https://acme.example/authorize?client_id=client&request_uri=urn%3Aacme%3A1")
        let push = try #require(acme.test.provider.requests(to: "/par").first)
        #expect(push.method == .post)
        #expect(push.header("Authorization")?.hasPrefix("Basic ") == true)
        #expect(push.usesFreshConnection)
        #expect(push.form["response_type"] == "code")
        #expect(push.form["client_id"] == "client")
        #expect(push.form["redirect_uri"] == "http://localhost/api/v1/connect/oauth-callback")
        #expect(push.form["scope"] == "read")
        #expect(push.form["code_challenge_method"] == "S256")
        #expect(push.form["request_uri"] == nil)
        #expect(Set(push.form.pairs.map(\.name)).count == push.form.pairs.count)

        let session = try await comeBack(acme, from: visit)
        #expect(session.status == .completed)
        let verifier = acme.test.provider.requests(to: "/token").first?.form["code_verifier"] ?? ""
        #expect(CodeVerifier(Secret(verifier)).challenge == push.form["code_challenge"])
    }

    @Test(arguments: [
        (401, "", "invalid_client"),
        (400, #"{"error":"invalid_scope"}"#, "invalid_scope"), (401, #"{"error":"invalid_client"}"#, "invalid_client"),
        (400, #"{"error":"invalid_request"}"#, "provider_error"), (500, "<html>", "provider_unavailable"),
        (404, "", "provider_unavailable"), (429, "", "provider_unavailable"),
        (302, #"{"request_uri":"urn:x"}"#, "provider_unavailable"), (201, "{}", "provider_unavailable"),
        (201, #"{"request_uri":""}"#, "provider_unavailable"), (201, #"{"request_uri":7}"#, "provider_unavailable"),
        (201, #"{"request_uri":"urn:a b"}"#, "provider_unavailable"),
        (201, "request_uri=urn:x", "provider_unavailable"),
    ])
    func `a request that is not taken is not sent openly`(status: Int, body: String, code: String) async throws {
        let acme = try await acme()
        let earlier = try await acme.press()
        acme.test.provider.reply(to: "/par", status: status, body)
        let visit = try await acme.press(after: earlier)
        #expect(visit.failure?.rawValue == code)
        #expect(visit.url == "")
        #expect(visit.session.isOpen && visit.session.errorCode == code)

        acme.test.provider.reply(to: "/par", status: 201, #"{"request_uri":"urn:acme:2","expires_in":60}"#)
        #expect(try await acme.press(after: visit).query["request_uri"] == "urn:acme:2")
    }

    @Test func `what a provider repeats of a secret goes no further`() async throws {
        let acme = try await acme()
        let earlier = try await acme.press()
        let secret = TestPortal.clientSecret
        acme.test.provider.reply(
            to: "/par",
            status: 400,
            #"{"error":"invalid_request","error_description":"no client has \#(secret)"}"#
        )
        let visit = try await acme.press(after: earlier)
        let events = try await acme.test.portal.session(visit.session.id, for: acme.test.key).1
        #expect(events.last?.detail["providerDescription"] == "no client has ***")
    }

    @Test func `a provider that is away is not gone around`() async throws {
        var acme = try await acme()
        acme.silent = ["/par"]
        let visit = try await acme.press()
        #expect(visit.failure == .providerUnreachable)
        #expect(visit.url == "")
    }

    @Test func `the endpoint may be one that the issuer tells`() async throws {
        let discovered = "discovery: true\nissuer: https://acme.example\nauthorizationUrl:\ntokenUrl:"
        var acme = try await Acme(.init(.oauth2, discovered))
        acme.answers.others["/.well-known/openid-configuration"] = [
            "issuer": "https://acme.example", "authorization_endpoint": "https://acme.example/authorize",
            "token_endpoint": "https://acme.example/token",
            "pushed_authorization_request_endpoint": "https://acme.example/par",
        ]
        let visit = try await acme.press()
        #expect(visit.query["request_uri"] == "urn:acme:1")
        #expect(try await comeBack(acme, from: visit).status == .completed)
    }

    @Test func `the client proves itself there as at the token endpoint`() async throws {
        let app = PlatformApp(
            integrationName: "acme",
            client: ClientCredentials(id: "client", secret: Secret(SignedIdentity.keyText))
        )
        let acme = try await acme(.init(.oauth2, "clientAuthentication: private_key_jwt"), apps: [app])
        _ = try await comeBack(acme, from: try await acme.press())
        let assertions = ["/par", "/token"].compactMap {
            acme.test.provider.requests(to: $0).first?.form["client_assertion"]
        }
        #expect(Set(assertions).count == 2)
    }

    @Test func `a provider has its own name for the client there, too`() async throws {
        let acme = try await acme(.init(.oauth2, "parameterNames: {client_id: client_key}"))
        let visit = try await acme.press()
        #expect(visit.url == "https://acme.example/authorize?client_key=client&request_uri=urn%3Aacme%3A1")
        #expect(acme.test.provider.requests(to: "/par").first?.form["client_key"] == "client")
    }
}
