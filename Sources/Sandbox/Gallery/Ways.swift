extension Gallery.Group {
    static let ways = Gallery.Group(
        id: "ways",
        title: "Ways of connecting",
        lead: "A definition says what a service needs. The connect page asks for that, and for nothing else.",
        exhibits: [
            Exhibit(
                name: "lighthouse",
                title: "Signing in",
                shows: "OAuth 2.0 with PKCE: people sign in at the provider, and the app never sees a password.",
                how: "Sign in as `ada` with `ada`, then Allow."
            ),
            Exhibit(
                name: "harbour",
                title: "An address first",
                shows: "Some services live elsewhere for each customer. The page asks where, then leads there.",
                how: "Any name will do; then as `ada`, Allow."
            ),
            Exhibit(
                name: "keyring",
                title: "API key",
                shows: "One secret, tried at the provider before it is saved.",
                how: "The key is `sk_sandbox_ada_1815`",
                hasSignIn: false
            ),
            Exhibit(
                name: "logbook",
                title: "User name and password",
                shows: "For services that know nothing better; sealed like everything else.",
                how: "User name `grace`, password `grace`",
                hasSignIn: false
            ),
            Exhibit(
                name: "workbench",
                title: "A form of its own",
                shows: "Every kind of field: address, secret, choice, number, e-mail, several lines, a tick.",
                how: "Token `sk_sandbox_ada_1815`; the rest is up to you.",
                hasSignIn: false
            ),
            Exhibit(
                name: "sandbox",
                title: "Several ways",
                shows: "Where a service takes more than one, the person chooses.",
                how: "Sign in as `ada` with `ada`, or use the key `sk_sandbox_ada_1815`",
                ownClientID: "connect-portal-demo"
            ),
        ]
    )
}
