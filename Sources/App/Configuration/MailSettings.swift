import Connect
import Outbound

/// Where mails go, and whom they come from.
struct MailSettings {
    var server: MailServer
    var sender: MailAddress

    /// Nil where neither is set; throws `Failure`, which never shows the password.
    init?(_ source: SettingSource) throws {
        switch (source.text(.smtpURL), source.text(.mailFrom)) {
        case (nil, nil): return nil
        case (.some, nil): throw source.fault(.mailFrom, "must be set with \(SettingName.smtpURL.rawValue)")
        case (nil, .some): throw source.fault(.smtpURL, "must be set with \(SettingName.mailFrom.rawValue)")
        case (let url?, let from?):
            guard let server = MailServer(url) else {
                throw source.fault(
                    .smtpURL,
                    "must be smtp://USER:PASSWORD@HOST:PORT or smtps://…, user and password percent-encoded"
                )
            }
            guard let sender = MailAddress(from) else {
                throw source.fault(.mailFrom, "must be one address in ASCII such as Acme Notes <connect@acme.example>")
            }
            self.server = server
            self.sender = sender
        }
    }
}
