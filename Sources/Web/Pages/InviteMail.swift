internal import Connect
internal import Foundation
internal import Storage

/// The mail that brings a person the link to their connections.
struct InviteMail: Sendable {
    let lang: String
    let direction: String
    let words: [String: String]
    let subject: String
    let request: String
    let button: String
    let url: String
    /// Until when the link works.
    let until: String

    init(_ invitation: Invitation, shell: Pages.Shell) {
        // Without an integration the page offers more than one thing.
        let names = invitation.integrationName.map { ["provider": $0] }
        let ending = names == nil ? "All" : ""
        lang = shell.language.code
        direction = shell.language.isRightToLeft ? "rtl" : "ltr"
        words = shell.language.words
        subject = shell.text("invite.subject\(ending)", names ?? [:])
        request = shell.text("invite.intro\(ending)", names ?? [:])
        button = shell.text("invite.button\(ending)", names ?? [:])
        url = invitation.link.connectURL
        until = shell.text("invite.until", ["date": Self.words(invitation.link.expiresAt, in: shell.language)])
    }

    /// In UTC: nobody knows where the person is.
    private static func words(_ instant: Instant, in language: Language) -> String {
        var style = Date.FormatStyle(date: .long, time: .shortened)
        style.locale = Locale(identifier: language.code == "en" ? "en_GB" : language.code)
        style.timeZone = .gmt
        return style.format(instant.date) + " UTC"
    }
}

extension Pages {
    func inviteMail(_ invitation: Invitation) -> MailMessage.Words {
        let mail = InviteMail(invitation, shell: shell(locale: invitation.locale, branding: invitation.branding))
        return MailMessage.Words(
            subject: mail.subject,
            text: text(mail, template: "invite-text"),
            html: text(mail, template: "invite-html")
        )
    }
}
