internal import Connect
internal import Foundation
internal import Storage
internal import Views

/// The mail that brings a person the link to their connections.
struct InviteMail {
    let subject: String
    let view: View

    init(_ invitation: Invitation, shell: Pages.Shell) {
        // Without an integration the page offers more than one thing.
        let names = invitation.integrationName.map { ["provider": $0] }
        let ending = names == nil ? "All" : ""
        // Until when the link works.
        let date = Self.words(invitation.link.expiresAt, in: shell.language)
        subject = shell.text("invite.subject\(ending)", names ?? [:])
        var view: View = [
            "lang": .text(shell.language.code),
            "direction": .text(shell.language.isRightToLeft ? "rtl" : "ltr"),
            "subject": .text(subject),
            "request": .text(shell.text("invite.intro\(ending)", names ?? [:])),
            "button": .text(shell.text("invite.button\(ending)", names ?? [:])),
            "url": .text(invitation.link.connectURL),
            "until": .text(shell.text("invite.until", ["date": date])),
        ]
        view.words = shell.language.ofTemplates
        self.view = view
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
            text: text(mail.view, .inviteText),
            html: text(mail.view, .inviteHTML)
        )
    }
}
