extension Gallery.Group {
    static let windows = Gallery.Group(
        id: "windows",
        title: "Windows and links",
        lead: "What happened is a row on the server. Popups, tabs and messages between them are only hints.",
        exhibits: [
            Exhibit(
                name: "castle-drive",
                title: "A provider behind walls",
                shows: "Its pages cut the popup off from this one (Cross-Origin-Opener-Policy). The news gets through.",
                how: "As `ada`, Allow, and close the window.",
                quirks: Quirks { $0.crossOriginOpenerPolicy = "same-origin" }
            ),
            Exhibit(
                name: "pigeon-post",
                title: "Popup, tab or link",
                shows: "The same page in a popup, in this tab, or from a link that you paste where you like.",
                how: "As `ada`, Allow; then come back here.",
                offer: .connectionAndLink
            ),
            Exhibit(
                name: "countersign",
                title: "Confirmed by the app",
                shows:
                    "Nothing is connected before this app's backend says that it was its own user; a forwarded link fails.",
                how: "As `ada`, Allow; the backend confirms at once.",
                needsConfirmation: true
            ),
            Exhibit(
                name: "phrasebook",
                title: "Another language",
                shows: "The pages speak eight, as the app or the browser wishes; here Arabic, from right to left.",
                how: "As `ada`, Allow.",
                locale: "ar"
            ),
            Exhibit(
                name: "bottle-post",
                title: "Links that have ended",
                shows: "Withdrawn, expired or cut short: a page for people, with what to do next.",
                how: "Nothing to sign in to.",
                offer: .deadLinks
            ),
        ]
    )
}
