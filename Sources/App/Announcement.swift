import Connect
import Foundation
internal import OAuth
internal import Storage

/// What a command tells a person on stdout.
enum Announcement {
    /// The first API key, which is shown this once.
    static func firstStart(_ made: FirstStart) {
        say(
            """

            First start. This is the first API key; it is shown only now:

                API key    \(made.apiKey)
                workspace  \(made.workspace.id)

            """
        )
    }

    static func listening(_ wiring: Wiring) {
        say("connect-portal is ready at \(wiring.settings.publicURL.text)")
        say("Redirect URI to register at providers: \(wiring.portal.redirectURI)")
    }

    static func say(_ text: String) {
        // Whoever closed our stdout does not want to read it.
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }
}
