internal import Foundation
internal import OAuth
public import Outbound
public import Secrecy
public import Storage

/// A mail to one person: what it says, as text and as HTML.
public struct MailMessage: Sendable, Concealed {
    /// What it says, in the hands of whoever writes it.
    public struct Words: Sendable {
        public let subject: String
        public let text: String
        public let html: String

        public init(subject: String, text: String, html: String) {
            self.subject = subject
            self.text = text
            self.html = html
        }
    }

    /// The address alone.
    public let recipient: String
    public let words: Words
    public let date: Instant
    /// Unique in the world, without its angle brackets (RFC 5322 §3.6.4).
    public let id: String
    /// What separates the parts, and occurs in none.
    let boundary: String
}

extension OutboundMail {
    /// The message as it travels (RFC 5322), from its sender.
    public init(_ message: MailMessage, from sender: MailAddress) {
        let lines = [
            "From: \(Self.mailbox(sender))",
            "To: \(message.recipient)",
            "Subject: \(HeaderText.unstructured(message.words.subject, after: "Subject"))",
            "Date: \(message.date.mailDate)",
            "Message-ID: <\(message.id)>",
            // RFC 3834 §5: keeps answering machines quiet.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=\"\(message.boundary)\"",
            "",
            // RFC 2046 §5.1.4: the plainest first.
            Self.part("text/plain", message.words.text, message.boundary),
            Self.part("text/html", message.words.html, message.boundary),
            "--\(message.boundary)--",
            "",
        ]
        self.init(
            sender: sender.address,
            recipient: message.recipient,
            content: Array(lines.joined(separator: "\r\n").utf8)
        )
    }

    /// As in RFC 5322 §3.4, on a second line where one would be too long.
    private static func mailbox(_ sender: MailAddress) -> String {
        guard let name = sender.name.map(HeaderText.phrase) else { return sender.address }
        let isShort = name.utf8.count + sender.address.utf8.count < 66
        return "\(name)\(isShort ? " " : "\r\n ")<\(sender.address)>"
    }

    /// In Base64, so that no line is too long and none has a meaning for a server on the way.
    private static func part(_ type: String, _ content: String, _ boundary: String) -> String {
        """
        --\(boundary)\r
        Content-Type: \(type); charset=utf-8\r
        Content-Transfer-Encoding: base64\r
        \r
        \(Data(content.utf8).base64EncodedString(options: .lineLength76Characters))
        """
    }
}

extension Instant {
    /// As in the Date field (RFC 5322 §3.3).
    var mailDate: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss xx"
        return formatter.string(from: date)
    }
}
