extension Gallery.Group {
    static let troubles = Gallery.Group(
        id: "troubles",
        title: "When things go wrong",
        lead: "Each failure is one plain sentence and a way to go on. To leave a broken one, press Cancel.",
        exhibits: [
            Exhibit(
                name: "ministry",
                title: "The provider refuses",
                shows: "An administrator’s policy lets no app in, before anybody has signed in.",
                how: "Just continue to it.",
                quirks: Quirks { $0.authorizationError = "access_denied" }
            ),
            Exhibit(
                name: "tickbox",
                title: "Permissions left out",
                shows: "The page says what is missing, and asks again if the person wants it to.",
                how: "As `ada`, untick one, Allow; then Ask me again."
            ),
            Exhibit(
                name: "strongroom",
                title: "A wrong key",
                shows: "Nothing is saved until the provider accepts it, and what was typed is never sent back.",
                how: "Try `sk_sandbox_nobody`, then `sk_sandbox_ada_1815`",
                hasSignIn: false
            ),
            Exhibit(
                name: "twins",
                title: "Another account",
                shows: "Whoever comes back as somebody else is asked what is to become of both accounts.",
                how: "As `ada`, Allow. Reconnect; Not you? As `grace`, Allow."
            ),
            Exhibit(
                name: "snail-mail",
                title: "A slow provider",
                shows: "The access token takes six seconds. Nobody has to press twice, or may.",
                how: "As `ada`, Allow, and wait.",
                faults: .delay(seconds: 6)
            ),
            Exhibit(
                name: "pothole-maps",
                title: "A broken provider",
                shows: "Asked for a token, it answers 500 with a page of HTML. The session stays open for another try.",
                how: "As `ada`, Allow.",
                faults: .html500
            ),
            Exhibit(
                name: "badge-office",
                title: "A wrong registration",
                shows:
                    "The app’s secret is not the one that the provider knows. The page says who can mend that.",
                how: "As `ada`, Allow.",
                faults: .invalidClient
            ),
            Exhibit(
                name: "flicker",
                title: "A hiccup",
                shows: "It fails, and works at the next try, with the same link in the same window.",
                how: "As `ada`, Allow; continue, and Allow again.",
                faults: .html500.alternating()
            ),
            Exhibit(
                name: "masquerade",
                title: "A forged answer",
                shows: "It says that it comes from another provider (RFC 9207), so no code is sent anywhere.",
                how: "As `ada`, Allow.",
                quirks: Quirks { $0.issuerParameter = .wrong }
            ),
        ]
    )
}
