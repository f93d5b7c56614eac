internal import Connect
internal import Foundation
internal import Storage

/// The mail that brings a person the link to their connections.
struct InviteMail: Sendable {
    let lang = "en"
    let subject: String
    let appName: String
    /// The one thing to connect; absent where the page offers more.
    let integrationName: String?
    let url: String
    /// Until when the link works.
    let until: String

    init(_ invitation: Invitation, appName: String) {
        subject = "Connect \(invitation.integrationName ?? "your accounts") to \(appName)"
        self.appName = appName
        integrationName = invitation.integrationName
        url = invitation.link.connectURL
        until = Self.words(invitation.link.expiresAt)
    }

    /// In UTC: nobody knows where the person is.
    private static func words(_ instant: Instant) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB")
        formatter.timeZone = .gmt
        formatter.dateFormat = "d MMMM yyyy, HH:mm 'UTC'"
        return formatter.string(from: instant.date)
    }
}

extension Pages {
    func inviteMail(_ invitation: Invitation) -> MailMessage.Words {
        let mail = InviteMail(invitation, appName: appName)
        return MailMessage.Words(
            subject: mail.subject,
            text: text(mail, template: "invite-text"),
            html: text(mail, template: "invite-html")
        )
    }
}
