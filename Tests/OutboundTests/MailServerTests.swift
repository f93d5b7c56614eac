@testable import Outbound
import Testing

@Suite struct MailServerTests {
    @Test func `user and password are decoded, the port is that of submission`() throws {
        let plain = try #require(MailServer("smtp://ada%40acme.example:p%3Ass%2F%C3%BC@Mail.acme.example"))
        #expect(plain.scheme == .smtp)
        #expect(plain.host == "mail.acme.example")
        #expect(plain.port == 587)
        #expect(plain.user == "ada@acme.example")
        #expect(plain.password == "p:ss/ü")
        #expect("\(plain)" == "smtp://mail.acme.example:587")
        #expect(MailServer("smtps://mail.acme.example/")?.port == 465)
        #expect(MailServer("smtp://[fd00::1]:25")?.port == 25)
        #expect(MailServer("smtp://mail.acme.example")?.user == nil)
    }

    @Test(arguments: [
        "", "mail.acme.example", "http://mail.acme.example", "smtp://", "smtp://user@mail.acme.example",
        "smtp://:secret@mail.acme.example", "smtp://user:@mail.acme.example", "smtp://mail.acme.example:0",
        "smtp://mail.acme.example:66666", "smtp://mail.acme.example/path", "smtp://mail.acme.example?a=b",
        "smtp://mail.acme.example#a", "smtp://user;AUTH=NTLM:secret@mail.acme.example",
        "smtp://user:a%0d%0ab@mail.acme.example", "smtp://user:a%00b@mail.acme.example", "smtp://a b@mail.acme.example",
    ])
    func `anything else is no mail server`(text: String) {
        #expect(MailServer(text) == nil)
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("127.9.9.9", true), ("[::1]", true), ("[::ffff:127.0.0.1]", true),
        ("mail.acme.example", false), ("localhost.acme.example", false), ("10.0.0.1", false), ("[fd00::1]", false),
    ])
    func `only this machine gets mail in clear`(host: String, isLoopback: Bool) {
        #expect(MailServer("smtp://\(host)")?.isLoopback == isLoopback)
    }
}
