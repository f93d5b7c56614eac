import Outbound

/// Speaks SMTP (RFC 5321), and at one moment does what the test asks for.
enum SMTPServer {
    enum Moment: String, Sendable, CaseIterable { case greeting, hello, sender, recipient, data, content, goodbye }

    static func behaviour(
        at moment: Moment? = nil,
        _ act: @escaping @Sendable (Conversation) -> Void = { _ in },
        hears: @escaping @Sendable (String) -> Void = { _ in }
    ) -> TestServer.Behaviour {
        { conversation in
            var now = Moment.greeting
            while true {
                guard now != moment else { return act(conversation) }
                conversation.send(reply(at: now))
                guard now != .goodbye, let next = hear(conversation, after: now, hears) else { return }
                now = next
            }
        }
    }

    /// Takes a command, or the content, and says what it was.
    private static func hear(_ conversation: Conversation, after last: Moment, _ hears: (String) -> Void) -> Moment? {
        while let line = conversation.nextLine() {
            hears(line)
            if last == .data {
                if line == "." { return .content }
                continue
            }
            switch line.prefix(4) {
            case "EHLO": return .hello
            case "MAIL": return .sender
            case "RCPT": return .recipient
            case "DATA": return .data
            case "QUIT": return .goodbye
            default: return nil
            }
        }
        return nil
    }

    private static func reply(at moment: Moment) -> String {
        switch moment {
        case .greeting: "220 mail.example ESMTP\r\n"
        case .data: "354 go ahead\r\n"
        case .goodbye: "221 bye\r\n"
        default: "250 ok\r\n"
        }
    }
}

/// Runs `body` with a mail server on the loopback address and a mailer for it.
func withMailServer(
    _ behaviour: @escaping TestServer.Behaviour,
    _ body: (TestServer, Mailer) async throws -> Void
) async throws {
    let server = try TestServer(behaviour)
    defer { server.stop() }
    try await withMailer("smtp://127.0.0.1:\(server.port)") { try await body(server, $0) }
}

func withMailer(_ url: String, caFile: String? = nil, _ body: (Mailer) async throws -> Void) async throws {
    guard let server = MailServer(url) else { throw TransportError.invalidURL }
    let mailer = try Mailer(server: server, helloName: "connect.example", caFile: caFile)
    do { try await body(mailer) } catch {
        await mailer.shutDown()
        throw error
    }
    await mailer.shutDown()
}

func failure(_ mailer: Mailer, _ mail: OutboundMail = .sample) async -> MailFailure? {
    do throws(MailFailure) {
        try await mailer.send(mail)
        return nil
    } catch { return error }
}

extension OutboundMail {
    static let sample = OutboundMail(
        sender: "connect@acme.example",
        recipient: "dana@acme.example",
        content: Array("Subject: Hello\r\n\r\n.first\r\n.\r\nlast\r\n".utf8)
    )
}
