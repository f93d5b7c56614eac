@testable import Connect
import Foundation
import Integrations
import OAuth
import Outbound
import Secrecy
@testable import Storage
import StrictJSON
import TestSupport
import Testing

/// Whatever has a secret in it, in whichever way it might get into a log, does not show it.
@Suite struct ConcealmentTests {
    private static let sentinel = "sentinel-5b1d"

    @Test func `a value with a secret shows its type alone`() async throws {
        for value in try await Self.values() {
            let type = "\(type(of: value))"
            for shown in Self.shown(value) { #expect(!shown.contains(Self.sentinel), "\(type): \(shown)") }
            #expect(!(value is any Encodable), "\(type) could be written as JSON")
            #expect(Mirror(reflecting: value).children.isEmpty, "\(type)")
        }
    }

    @Test func `the test would see a secret that shows itself`() {
        struct Open: Sendable { let text: String }
        let shown = Self.shown(Open(text: Self.sentinel))
        #expect(shown.allSatisfy { $0.contains(Self.sentinel) })
    }

    @Test func `whoever has words of their own shows them`() throws {
        #expect("\(Secret(Self.sentinel))" == "•••")
        #expect("\(HTTPResponseMessage(status: 200, body: []))" == "HTTPResponseMessage(•••)")
        let server = try #require(MailServer("smtps://ada:\(Self.sentinel)@mail.example.com"))
        #expect(String(reflecting: server) == "smtps://mail.example.com:465")
        let database = try DatabaseLocation("postgres://ada:\(Self.sentinel)@localhost/portal")
        #expect(String(reflecting: database) == "portal at localhost:5432")
    }

    /// Everything that puts a value into words.
    private static func shown(_ value: any Sendable) -> [String] {
        struct Failure: Error { let cause: any Sendable }
        var dumped = ""
        dump(value, to: &dumped)
        var wrapped = ""
        dump(Failure(cause: value), to: &wrapped)
        let error: any Error = Failure(cause: value)
        return [
            "\(value)", String(describing: value), String(reflecting: value), dumped, "\([value])",
            "\(["key": value])", "\(Optional(value) as Any)", "\(error)", String(reflecting: error), wrapped,
        ]
    }

    private static func values() async throws -> [any Concealed & Sendable] {
        let (secret, bytes, test) = (Secret(sentinel), Array(sentinel.utf8), try await TestPortal())
        let grant = try #require(
            OAuthGrant([
                "accessToken": .string(sentinel), "clientId": "client", "tokenUrl": "https://id.example/token",
                "data": ["id_token": .string(sentinel)], "inputs": ["key": .string(sentinel)],
            ])
        )
        let answer = HTTPResponseMessage(
            status: 200,
            body: Array(#"{"access_token":"\#(sentinel)","refresh_token":"\#(sentinel)"}"#.utf8)
        )
        let provider = OAuthProvider(authorizationURL: "https://id.example/", tokenURL: "https://id.example/token")
        let minted = try await test.mint()
        let form = try #require(FormParameters(encoded: "state=0123456789abcdef&code=\(sentinel)"))
        return [
            secret, form, answer, grant,
            HTTPRequestMessage(
                method: "POST",
                url: "https://id.example/?token=\(sentinel)",
                headers: [("Authorization", "Bearer \(sentinel)")],
                body: bytes
            ),
            try TokenResponse(answer, from: provider),
            try AuthorizationResponse(query: "state=0123456789abcdef&code=\(sentinel)"),
            OutboundRequest(
                .post,
                "https://id.example/?\(sentinel)",
                headers: [("Authorization", sentinel)],
                body: bytes
            ),
            OutboundResponse(status: 200, headers: [("Set-Cookie", sentinel)], body: bytes),
            OutboundMail(sender: "a@a.example", recipient: "b@b.example", content: bytes),
            try #require(MailServer("smtp://ada:\(sentinel)@mail.example.com")),
            try DatabaseLocation("postgres://ada:\(sentinel)@localhost/portal"),
            try PostgresAddress("postgres://ada:\(sentinel)@localhost/portal"),
            try KeyRing(text: "k1:" + Data(repeating: 7, count: 32).base64EncodedString()),
            Credentials.oauth2(grant), Credentials.secretText(secret, inputs: ["key": sentinel]),
            Credentials.basicAuth(username: sentinel, password: secret, inputs: [:]),
            Credentials.customAuth(["key": sentinel]),
            try Input(["secretText": .string(sentinel)]),
            MintedSession(session: minted.session, token: sentinel, connectURL: "https://a.example/?token=\(sentinel)"),
            PortalLink(token: sentinel, connectURL: "https://a.example/?token=\(sentinel)", expiresAt: test.clock.now),
            NewAPIKey(key: test.key, plain: sentinel), test.firstStart, PlainKey(random: test.portal.random),
            test.ticket(minted.session),
        ]
    }
}
