@testable import Connect
import HTTPTypes
import Mustache
import Outbound
import Storage
import StrictJSON
import Synchronization
import TestSupport
import Testing
import Views

@testable import Web

@Suite struct InviteTests {
    private func withUser(
        answering failure: MailFailure? = nil,
        _ body: @Sendable (Asking, _ path: String, _ sent: @Sendable () -> [MailMessage]) async throws -> Void
    ) async throws {
        let sent = SentMails()
        let web = try await WebPortal(mail: { message throws(MailFailure) in
            sent.append(message)
            if let failure { throw failure }
        })
        try await web.run { asking in
            let user: JSON = ["workspaceId": .string(asking.workspace), "externalId": "dana"]
            let made = try await asking.api(.post, "/api/v1/end-users", user).json
            try await body(asking, "/api/v1/end-users/\(made["endUser"]?["id"]?.string ?? "")/invite") { sent.all }
        }
    }

    @Test func `the mail says who asks, for what and until when, and holds the link twice`() async throws {
        try await withUser { asking, path, sent in
            let body: JSON = ["email": "dana@acme.example", "integrationName": "openai", "expiresIn": 3600]
            let answer = try await asking.api(.post, path, body)
            #expect(answer.status == 200)
            #expect(answer.json["emailSent"] == true)
            let words = try #require(sent().first).words
            #expect(words.subject == "Connect OpenAI to Acme Notes")
            let url = try #require(answer.json["connectUrl"]?.string)
            for part in [words.text, words.html] {
                for fact in [url, "Acme Notes", "OpenAI", "15 January 2026 at 11:30 UTC"] {
                    #expect(part.contains(fact))
                }
                #expect(!part.contains("{{"))
            }
            #expect(words.html.contains("href=\"\(url)\""))
        }
    }

    @Test func `the mail names the app of the workspace`() async throws {
        try await withUser { asking, path, sent in
            let branding: JSON = ["branding": ["appName": "Böse & Söhne"]]
            _ = try await asking.api(.patch, "/api/v1/workspaces/\(asking.workspace)", branding)
            _ = try await asking.api(.post, path, ["email": "dana@acme.example"])
            let words = try #require(sent().first).words
            #expect(words.subject == "Connect your accounts to Böse & Söhne")
            #expect(words.text.contains("Böse & Söhne asks you") && words.html.contains("Böse &amp; Söhne"))
            #expect(!words.text.contains("Acme Notes") && !words.html.contains("Acme Notes"))
        }
    }

    @Test(arguments: [("de-AT", "15. Januar 2026"), ("ja", "2026年1月15日"), ("xx", "15 January 2026")])
    func `the mail is in the language that the app names`(locale: String, date: String) async throws {
        try await withUser { asking, path, sent in
            let body: JSON = ["email": "dana@acme.example", "locale": .string(locale), "expiresIn": 3600]
            #expect(try await asking.api(.post, path, body).status == 200)
            let words = try #require(sent().first).words
            #expect(words.text.contains(date))
            #expect(words.html.contains("lang=\"\(locale == "xx" ? "en" : locale.prefix(2))\""))
        }
    }

    @Test func `the same request under one idempotency key sends one mail`() async throws {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "invite-1"
        let once = headers
        try await withUser { asking, path, sent in
            let first = try await asking.api(.post, path, ["email": "dana@acme.example"], headers: once)
            let second = try await asking.api(.post, path, ["email": "dana@acme.example"], headers: once)
            #expect(first.json["emailSent"] == true)
            #expect(second.json == first.json)
            #expect(sent().count == 1)
            let other = try await asking.api(.post, path, ["email": "eve@acme.example"], headers: once)
            #expect(other.status == 409)
        }
    }

    @Test func `a server that refuses is no trouble for the caller`() async throws {
        try await withUser(answering: .refused(replyCode: 550)) { asking, path, _ in
            let answer = try await asking.api(.post, path, ["email": "dana@acme.example"])
            #expect(answer.status == 200)
            #expect(answer.json["emailSent"] == false)
        }
    }

    @Test func `a name is text in the one part and escaped in the other`() async throws {
        let library = try await MustacheLibrary(directory: WebPortal.directory("Templates"))
        let name = #"Böse <b>&"Söhne""#
        let link = PortalLink(token: "t", connectURL: "http://localhost/l", expiresAt: Instant(milliseconds: 0))
        let words = ["invite.subject": "{app}: {provider}", "invite.intro": "{provider}"]
        let shell = Pages.Shell(
            language: Language(code: "en", isRightToLeft: false, words: words),
            appName: name,
            style: "",
            connectionsStyle: "",
            script: "",
            connectionsScript: "",
            brand: Brand(Branding(), Language(code: "en", isRightToLeft: false, words: [:]))
        )
        let mail = InviteMail(Invitation(link: link, integrationName: name, locale: nil, branding: nil), shell: shell)
        let templates = try PageTemplates(["invite-text", "invite-html"], from: library)
        #expect(templates.text(mail.view, "invite-text").contains(name))
        let html = templates.text(mail.view, "invite-html")
        #expect(html.contains("Böse &lt;b&gt;&amp;&quot;Söhne&quot;"))
        #expect(!html.contains("<b>"))
    }
}

private final class SentMails: Sendable {
    private let mails = Mutex<[MailMessage]>([])
    var all: [MailMessage] { mails.withLock { $0 } }
    func append(_ mail: MailMessage) { mails.withLock { $0.append(mail) } }
}
