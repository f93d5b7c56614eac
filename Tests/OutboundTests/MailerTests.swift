import Outbound
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MailerTests {
    @Test func `a message goes out with its envelope and no line of it ends it early`() async throws {
        let lines = Mutex<[String]>([])
        let server = SMTPServer.behaviour(hears: { line in lines.withLock { $0.append(line) } })
        try await withMailServer(server) { _, mailer in
            #expect(await failure(mailer) == nil)
            let expected = [
                "EHLO connect.example", "MAIL FROM:<connect@acme.example>", "RCPT TO:<dana@acme.example>", "DATA",
                "Subject: Hello", "", "..first", "..", "last", ".", "QUIT",
            ]
            #expect(lines.withLock { $0 } == expected)
        }
    }

    @Test(arguments: [SMTPServer.Moment.greeting, .sender, .recipient, .data, .content])
    func `what the server refuses was not sent`(moment: SMTPServer.Moment) async throws {
        try await withMailServer(SMTPServer.behaviour(at: moment) { $0.send("554 no\r\n") }) { _, mailer in
            #expect(await failure(mailer) == .refused(replyCode: 554))
        }
    }

    @Test(arguments: [SMTPServer.Moment.greeting, .hello, .sender, .recipient, .data, .content])
    func `what the server does not answer was not sent`(moment: SMTPServer.Moment) async throws {
        try await withMailServer(SMTPServer.behaviour(at: moment)) { server, mailer in
            guard case .transport(let error) = await failure(mailer) else {
                Issue.record("it was sent, or refused")
                return
            }
            #expect([.connectionLost, .connectionFailed].contains(error))
            #expect(server.connectionCount == 1, "nothing is sent twice")
        }
    }

    @Test func `once the content is taken, the server may forget its manners`() async throws {
        try await withMailServer(SMTPServer.behaviour(at: .goodbye)) { _, mailer in
            #expect(await failure(mailer) == nil)
        }
    }

    @Test func `nobody waits long for a goodbye`() async throws {
        let server = SMTPServer.behaviour(at: .goodbye) { $0.waitForClose() }
        try await withMailServer(server) { _, mailer in
            let duration = await ContinuousClock().measure { #expect(await failure(mailer) == nil) }
            #expect(duration < .seconds(20))
        }
    }

    @Test(arguments: [SMTPServer.Moment.greeting, .content])
    func `a server that says nothing is given up`(moment: SMTPServer.Moment) async throws {
        try await withMailServer(SMTPServer.behaviour(at: moment) { $0.waitForClose() }) { _, mailer in
            var error: MailFailure?
            let duration = await ContinuousClock().measure { error = await failure(mailer) }
            #expect(error == .transport(moment == .greeting ? .connectTimedOut : .timedOut))
            #expect(duration < .seconds(20))
        }
    }

    @Test func `a server that is not there`() async throws {
        try await withMailServer(SMTPServer.behaviour()) { server, mailer in
            server.stop()
            #expect(await failure(mailer) == .transport(.connectionFailed))
        }
    }

    @Test func `a slow mail server holds back no other exchange`() async throws {
        try await withServer(echo) { web, client in
            let isReached = AsyncStream.makeStream(of: Void.self)
            let slow = SMTPServer.behaviour(at: .content) {
                isReached.continuation.yield()
                $0.waitForClose()
            }
            try await withMailServer(slow) { server, mailer in
                async let outcome = failure(mailer)
                for await _ in isReached.stream { break }
                let response = try await client.execute(OutboundRequest(.get, web.url))
                #expect(response.status == 200)
                server.stop()
                #expect(await outcome == .transport(.connectionLost))
            }
        }
    }

    @Test(arguments: [
        "", "a@b.example\r\nRCPT TO:<eve@b.example>", "a@b.example> SIZE=1", "a b@c.example", "ä@b.example",
    ])
    func `an address that could smuggle something is refused`(address: String) async throws {
        try await withMailServer(SMTPServer.behaviour()) { server, mailer in
            var mail = OutboundMail.sample
            mail.recipient = address
            #expect(await failure(mailer, mail) == .transport(.invalidHeader(name: "To")))
            mail = .sample
            mail.sender = address
            #expect(await failure(mailer, mail) == .transport(.invalidHeader(name: "From")))
            #expect(server.connectionCount == 0)
        }
    }

    @Test(arguments: [true, false])
    func `smtps speaks TLS from the start, to a certificate that is trusted`(isTrusted: Bool) async throws {
        let server = try TLSServer(
            certificateFor: "localhost",
            says: "220 hi\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go ahead\r\n250 taken\r\n221 bye\r\n"
        )
        defer { server.stop() }
        let caFile = isTrusted ? server.certificateFile : nil
        try await withMailer("smtps://localhost:\(server.port)", caFile: caFile) { mailer in
            #expect(await failure(mailer) == (isTrusted ? nil : .transport(.tlsFailed)))
        }
    }
}
