public import Secrecy

/// A message to one recipient, with its envelope (RFC 5321 §2.3.1).
public struct OutboundMail: Sendable, Concealed {
    /// Who hears of a message that cannot be delivered.
    public var sender: String
    public var recipient: String
    /// Header and body as in RFC 5322, with CRLF.
    public var content: [UInt8]

    public init(sender: String, recipient: String, content: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.content = content
    }

    /// Throws for an address that could smuggle a command.
    func checkEnvelope() throws(TransportError) {
        for (name, address) in [("From", sender), ("To", recipient)] where !Self.isHarmless(address) {
            throw .invalidHeader(name: name)
        }
    }

    /// Visible ASCII without the brackets that libcurl puts around an address.
    private static func isHarmless(_ address: String) -> Bool {
        !address.isEmpty
            && address.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            }
    }
}
