import Connect
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct FailureTests {
    struct Case: Sendable {
        let name: String
        let prepare: @Sendable (ScriptedProvider) -> Void
        let callback: String
        let code: String
        let event: String

        init(
            _ name: String,
            callback: String = "code=c",
            code: String,
            event: String = "exchange_failed",
            prepare: @escaping @Sendable (ScriptedProvider) -> Void = { _ in }
        ) {
            self.name = name
            self.prepare = prepare
            self.callback = callback
            self.code = code
            self.event = event
        }
    }

    static let cases = [
        Case("denied", callback: "error=access_denied", code: "access_denied", event: "authorization_denied"),
        Case("provider error", callback: "error=%3Cscript%3E", code: "provider_error", event: "authorization_failed"),
        Case("no code", callback: "x=y", code: "no_answer", event: "authorization_failed"),
        Case("bad client", code: "invalid_client") {
            $0.reply(to: "/token", status: 401, #"{"error":"invalid_client"}"#)
        },
        Case("error with status 200", code: "invalid_grant") {
            $0.reply(to: "/token", #"{"error":"bad_verification_code"}"#)
        },
        Case("HTML", code: "invalid_response") { $0.reply(to: "/token", "<html>Welcome</html>") },
        Case("HTML 500", code: "provider_unavailable") { $0.reply(to: "/token", status: 500, "<html>") },
        Case("empty 400", code: "provider_unavailable") { $0.reply(to: "/token", status: 400, "") },
        Case("no token", code: "invalid_response") { $0.reply(to: "/token", #"{"token_type":"Bearer"}"#) },
        Case("timeout", code: "provider_timeout") { $0.fail("/token", with: .timedOut) },
        Case("refused", code: "provider_unreachable") { $0.fail("/token", with: .connectionFailed) },
        Case("too large", code: "invalid_response") { $0.fail("/token", with: .bodyTooLarge) },
        Case("forbidden address", code: "provider_unreachable") { $0.fail("/token", with: .addressNotAllowed) },
    ]

    @Test(arguments: cases)
    func `the person reads a sentence and can try again`(test case: Case) async throws {
        let test = try await TestPortal()
        `case`.prepare(test.provider)
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        let session = try await test.callback("state=\(state)&\(`case`.callback)", ticket)

        #expect(session.status == .connecting)
        #expect(session.errorCode == `case`.code)
        let sentence = try #require(session.error)
        #expect(sentence.hasSuffix("."))
        #expect(!sentence.contains("<") && !sentence.contains("_"))
        #expect(try await test.events(session).last == `case`.event)
        let count = try await test.portal.store.read { try $0.connectionCount(of: test.key.organizationID) }
        #expect(count == 0)

        test.answerWell()
        let again = try #require(try await test.authorize(session, ticket)["state"])
        #expect(try await test.callback("state=\(again)&code=c", ticket).status == .completed)
    }

    /// A person may type a whole address, and must not learn which names there are behind the firewall.
    @Test func `a name that is known inside fails like one that is not`() async throws {
        var told: Set<String> = []
        for error in [TransportError.addressNotAllowed, .nameNotResolved, .connectionFailed] {
            for path in ["/token", "/userinfo"] {
                let test = try await TestPortal()
                test.answerWell()
                test.provider.fail(path, with: error)
                let session = try await test.connect(try await test.mint())
                let detail = try await test.portal.session(session.id, for: test.key).1.map(\.detail.text)
                    .filter { $0.contains("transport") || $0.contains("reason") }
                told.insert("\(path) \(session.errorCode ?? "") \(session.error ?? "") \(detail)")
            }
        }
        #expect(told.count == 2, "\(told)")
    }

    @Test func `an account that cannot be identified does not stop the connection`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        test.provider.fail("/userinfo", with: .timedOut)
        let session = try await test.connect(try await test.mint())
        #expect(session.status == .completed)
        #expect(try await test.events(session).contains("account_unknown"))
    }

    @Test func `giving up ends the session with the last reason`() async throws {
        let test = try await TestPortal()
        let minted = try await test.mint(["errorRedirectUri": "https://app.example/back?x=1"])
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        let denied = try await test.callback("state=\(state)&error=access_denied", ticket)
        let ended = try await test.portal.cancel(denied, ticket: ticket, isPopup: false)
        #expect(ended.status == .failed)
        #expect(ended.errorCode == "access_denied")
        #expect(
            ended.returnURL
                == "https://app.example/back?x=1&status=error&sessionId=\(ended.id)&externalId=acct-1&integrationName=sandbox&error=access_denied"
        )
        await #expect(throws: PortalError.self) { try await test.authorize(ended, ticket) }
    }

    @Test func `a session that ended during the exchange leaves no connection`() async throws {
        let test = try await TestPortal()
        test.answerWell()
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let state = try #require(try await test.authorize(minted.session, ticket)["state"])
        _ = try await test.portal.cancel(
            minted.session,
            ticket: try #require(test.portal.ticket(ticket.text, for: minted.session.id)),
            isPopup: false
        )
        #expect(try await test.callback("state=\(state)&code=c", ticket).status == .failed)
        #expect(try await test.portal.store.read { try $0.connectionCount(of: test.key.organizationID) } == 0)
    }
}
