import Foundation
import Outbound
import Storage
import Testing

@testable import Connect

@Suite struct MailMessageTests {
    private func lines(
        subject: String = "Connect Notes",
        from: String = "Acme Notes <connect@acme.example>",
        text: String = "Hello",
        html: String = "<p>Hello</p>"
    ) throws -> [String] {
        let message = MailMessage(
            recipient: "dana@acme.example",
            words: .init(subject: subject, text: text, html: html),
            date: Instant(milliseconds: 1_768_473_000_000),
            id: "unique@connect.example",
            boundary: "edge"
        )
        let mail = OutboundMail(message, from: try #require(MailAddress(from)))
        #expect(mail.sender == "connect@acme.example")
        #expect(mail.recipient == "dana@acme.example")
        let content = String(decoding: mail.content, as: UTF8.self)
        #expect(content.utf8.allSatisfy { $0 < 0x80 })
        let lines = content.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) })
        return lines
    }

    @Test func `the whole message`() throws {
        #expect(
            try lines() == [
                #"From: "Acme Notes" <connect@acme.example>"#,
                "To: dana@acme.example",
                "Subject: Connect Notes",
                "Date: Thu, 15 Jan 2026 10:30:00 +0000",
                "Message-ID: <unique@connect.example>",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                #"Content-Type: multipart/alternative; boundary="edge""#,
                "",
                "--edge",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64",
                "",
                "SGVsbG8=",
                "--edge",
                "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: base64",
                "",
                "PHA+SGVsbG88L3A+",
                "--edge--",
                "",
            ]
        )
        #expect(try lines(from: "connect@acme.example")[0] == "From: connect@acme.example")
        let long = try lines(from: "Größte Notizen der Welt 🗒️ und noch mehr <connect@acme.example>").prefix(4)
        #expect(long.first == "From: =?UTF-8?B?R3LDtsOfdGUgTm90aXplbiBkZXIgV2VsdCDwn5eS77iPIHVuZCBu?=")
        #expect(long.dropFirst() == [" =?UTF-8?B?b2NoIG1laHI=?=", " <connect@acme.example>", "To: dana@acme.example"])
    }

    @Test func `long parts come in short lines`() throws {
        let text = String(repeating: "Grüße 👋\r\n.\r\n", count: 200)
        let lines = try lines(text: text)
        let end = try #require(lines.dropFirst(13).firstIndex(of: "--edge"))
        let decoded = try #require(Data(base64Encoded: lines[13..<end].joined()))
        #expect(String(decoding: decoded, as: UTF8.self) == text)
    }

    @Test(arguments: [
        "Grüße von 🗒️ Notes", "👩‍👩‍👧‍👦🏳️‍🌈", String(repeating: "sehr lange Wörter ", count: 20),
        String(repeating: "a", count: 300),
        "=?UTF-8?Q?fake?=", "Notes\r\nBcc: eve@acme.example", "Notes\nX: 1\r\n\r\n<script>", "a\0b", " spaces  inside ",
        "é",
    ])
    func `any subject arrives as it is and stays in its field`(subject: String) throws {
        let lines = try lines(subject: subject)
        let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
        let end = try #require(lines.firstIndex { $0.hasPrefix("Date: ") })
        let words = lines[first..<end].joined().dropFirst("Subject: ".count).split(separator: " ")
        let bytes = try words.map { word in
            #expect(word.utf8.count <= 75)
            let base64 = try #require(word.wholeMatch(of: /=\?UTF-8\?B\?([A-Za-z0-9+\/=]+)\?=/)).output.1
            let data = try #require(Data(base64Encoded: String(base64)))
            #expect(String(validating: data, as: UTF8.self) != nil, "a character is in two words")
            return data
        }
        #expect(String(decoding: bytes.joined(), as: UTF8.self) == subject)
        #expect(lines.count { $0.hasPrefix("Content-Type: multipart") } == 1)
        #expect(!lines.contains { $0.hasPrefix("Bcc") || $0.hasPrefix("X:") })
    }

    @Test(
        arguments: [
            ("Acme <a@b.example>", "Acme", "a@b.example"),
            (#""Acme, Inc." <a@b.example>"#, "Acme, Inc.", "a@b.example"),
            ("Grüße 👋 <a@b.example>", "Grüße 👋", "a@b.example"), ("  a@b.example ", nil, "a@b.example"),
        ] as [(String, String?, String)]
    )
    func `an address is read with its name`(text: String, name: String?, address: String) {
        let read = MailAddress(text)
        #expect(read?.name == name)
        #expect(read?.address == address)
    }

    @Test(arguments: [
        "", "Acme", "a@b", "<a@b.example>", "a@b.example, c@d.example", "A <a@b.example> B <c@d.example>",
        "A\r\nBcc: e@f.example <a@b.example>", "A <a@b.example\r\n>", "ä@b.example", "a@ü.example",
        "A\u{202E} <a@b.example>",
        #"A" <a@b.example>"#, "\(String(repeating: "a", count: 65))@b.example",
    ])
    func `anything else is no address`(text: String) {
        #expect(MailAddress(text) == nil)
    }
}
