internal import Crypto
internal import Foundation
internal import OAuth
public import Secrecy
public import Storage

/// What a browser gets as a cookie when it opens a session: made by us, for one session, and good for that alone.
///
/// It proves that this browser was shown the page. The first button pressed binds the session to it.
public struct BrowserTicket: Sendable, Concealed {
    /// The cookie's value.
    public let text: String
    /// The origin of the page that opened ours, as the browser told; it may receive the popup's message.
    public let openerOrigin: String?

    var hash: Data { Data(SHA256.hash(data: Data(text.utf8))) }
}

extension Portal {
    /// A new ticket for a session.
    public func issueTicket(for session: ConnectSession.ID, openerOrigin: String?) -> BrowserTicket {
        let body = Base64URL.encode(random(32)) + "." + Base64URL.encode(Array((openerOrigin ?? "").utf8))
        return BrowserTicket(text: body + "." + Base64URL.encode(ticketCode(body, session)), openerOrigin: openerOrigin)
    }

    /// The ticket behind a cookie, or nothing where we did not issue it for this session.
    public func ticket(_ text: String?, for session: ConnectSession.ID) -> BrowserTicket? {
        guard let text, text.utf8.count <= 1024 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let code = Base64URL.decode(parts[2]), let origin = Base64URL.decode(parts[1]) else {
            return nil
        }
        let body = Data("\(session.rawValue)|\(parts[0]).\(parts[1])".utf8)
        guard keys.isCode(Data(code), of: body, purpose: .browserTicket) else { return nil }
        return BrowserTicket(text: text, openerOrigin: origin.isEmpty ? nil : String(decoding: origin, as: UTF8.self))
    }

    private func ticketCode(_ body: String, _ session: ConnectSession.ID) -> [UInt8] {
        keys.code(of: Data("\(session.rawValue)|\(body)".utf8), purpose: .browserTicket)
    }
}
