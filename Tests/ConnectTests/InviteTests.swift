import Connect
import Outbound
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite struct InviteTests {
    private let words = MailMessage.Words(subject: "s", text: "t", html: "h")

    private func invite(_ test: TestPortal, _ body: JSON) async throws -> (SentInvitation, asked: Invitation?) {
        let user = try await test.endUserWithOffers("dana")
        var asked: Invitation?
        let sent = try await test.portal.invite(user.id, body, for: test.key) {
            asked = $0
            return words
        }
        return (sent, asked)
    }

    @Test func `a mail goes out with the link`() async throws {
        let sent = Mutex<[MailMessage]>([])
        var test = try await TestPortal()
        test.portal.mail = { message throws(MailFailure) in sent.withLock { $0.append(message) } }
        let (invitation, asked) = try await invite(test, ["email": "dana@acme.example"])
        #expect(invitation.emailSent)
        #expect(asked?.link.token == invitation.link.token)
        #expect(asked?.integrationName == nil, "there is a choice")
        let message = try #require(sent.withLock { $0.first })
        #expect(message.recipient == "dana@acme.example")
        #expect(message.words.subject == "s")
        #expect(message.date == test.clock.now)
        #expect(message.id.hasSuffix("@localhost"))
    }

    @Test func `a mail for one integration names it`() async throws {
        var test = try await TestPortal()
        test.portal.mail = { _ throws(MailFailure) in }
        let body: JSON = ["email": "dana@acme.example", "integrationName": "openai"]
        #expect(try await invite(test, body).asked?.integrationName == "OpenAI")
    }

    @Test(arguments: [MailFailure.refused(replyCode: 550), .transport(.timedOut), nil])
    func `without the mail the link is good, too`(failure: MailFailure?) async throws {
        var test = try await TestPortal()
        if let failure { test.portal.mail = { _ throws(MailFailure) in throw failure } }
        let (invitation, _) = try await invite(test, ["email": "dana@acme.example"])
        #expect(!invitation.emailSent)
        #expect(try await test.portal.openPortal(link: invitation.link.token).entries.count == 2)
    }

    @Test(
        arguments: [
            (nil, "is required"), ("dana", "e-mail address"), ("a@b.example, c@d.example", "e-mail address"),
            ("a@b.example\r\nBcc: eve@b.example", "control"), ("Dana <dana@acme.example>", "e-mail address"),
            ("dänä@acme.example", "ASCII"), ("dana@ächme.example", "ASCII"),
            ("\(String(repeating: "a", count: 65))@acme.example", "64 characters"),
        ] as [(String?, String)]
    )
    func `an address that no mail can go to is refused`(address: String?, words: String) async throws {
        var test = try await TestPortal()
        test.portal.mail = { _ throws(MailFailure) in Issue.record("a mail was sent") }
        let error = await #expect(throws: PortalError.self) {
            try await invite(test, address.map { ["email": .string($0)] } ?? [:])
        }
        let problem = error?.details["fields"]?["email"]?.string
        #expect(problem?.contains(words) == true, "\(problem ?? "")")
    }
}
