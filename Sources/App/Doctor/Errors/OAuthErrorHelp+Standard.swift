/// The errors of the RFCs.
extension OAuthErrorHelp {
    /// RFC 6749 §4.1.2.1.
    static let authorization = [
        OAuthErrorHelp(
            "invalid_request",
            .request,
            "Something in the request is missing, doubled or malformed.",
            "Read the provider's description; the usual causes are a redirect URI or a parameter that the provider wants and the definition does not name."
        ),
        OAuthErrorHelp(
            "unauthorized_client",
            .client,
            "The provider knows the OAuth app, and does not let it ask in this way.",
            "Look in the app's settings at the provider whether the authorization code grant is switched on and the app is approved."
        ),
        OAuthErrorHelp(
            "access_denied",
            .person,
            "The person, or a rule of their organization, refused.",
            "If nobody was asked, look whether the app is limited to certain accounts or waits for an administrator's approval."
        ),
        OAuthErrorHelp(
            "unsupported_response_type",
            .client,
            "The provider does not give authorization codes to this app.",
            "Choose a type of app at the provider that uses the authorization code grant, such as a web application."
        ),
        OAuthErrorHelp(
            "invalid_scope",
            .scope,
            "A scope is unknown to the provider, misspelt, or not allowed for this app.",
            "Compare the scopes with those that are switched on in the app's settings, or name others in the app's scopes."
        ),
        OAuthErrorHelp(
            "server_error",
            .provider,
            "The provider failed.",
            "Try again later, and look at the provider's status page."
        ),
        OAuthErrorHelp(
            "temporarily_unavailable",
            .provider,
            "The provider is overloaded or being maintained.",
            "Try again later."
        ),
    ]

    /// OpenID Connect Core §3.1.2.6.
    static let openID = [
        OAuthErrorHelp(
            "interaction_required",
            .person,
            "The provider would have to show a page and was told not to.",
            "Take prompt=none out of the definition or the app's extra parameters."
        ),
        OAuthErrorHelp(
            "login_required",
            .person,
            "Nobody is signed in at the provider, and it was told not to ask.",
            "Take prompt=none out of the definition or the app's extra parameters."
        ),
        OAuthErrorHelp(
            "account_selection_required",
            .person,
            "The person has several accounts at the provider, and it was told not to ask which.",
            "Take prompt=none out of the definition or the app's extra parameters."
        ),
        OAuthErrorHelp(
            "consent_required",
            .person,
            "The person has not agreed yet, and the provider was told not to ask.",
            "Take prompt=none out, or let an administrator agree for everybody."
        ),
        OAuthErrorHelp(
            "invalid_request_uri",
            .request,
            "The reference to the request leads nowhere, or has expired.",
            "Try again; if it happens each time, look whether the clocks agree."
        ),
        OAuthErrorHelp(
            "invalid_request_object",
            .request,
            "The provider wants requests as signed objects, or could not read one.",
            "Switch signed request objects off in the app's settings: the portal pushes its requests instead."
        ),
        OAuthErrorHelp(
            "request_not_supported",
            .request,
            "The provider does not read the request parameter.",
            "Take request out of the app's extra parameters."
        ),
        OAuthErrorHelp(
            "request_uri_not_supported",
            .request,
            "The provider does not read the request_uri parameter.",
            "Leave pushedAuthorizationUrl out of the definition."
        ),
        OAuthErrorHelp(
            "registration_not_supported",
            .request,
            "The provider does not read the registration parameter.",
            "Take registration out of the app's extra parameters."
        ),
        OAuthErrorHelp(
            "unmet_authentication_requirements",
            .person,
            "The person cannot sign in as strongly as was asked for.",
            "Take acr_values out of the app's extra parameters, or let people set up a second factor."
        ),
    ]

    /// RFC 6749 §5.2, as far as not above.
    static let token = [
        OAuthErrorHelp(
            "invalid_client",
            .client,
            "The client id is unknown, the client secret is wrong, or it was sent in another way than the provider wants.",
            "Copy both again from the app's settings, without spaces, and compare how the app may authenticate with clientAuthentication of the definition."
        ),
        OAuthErrorHelp(
            "invalid_grant",
            .grant,
            "The code or the refresh token is wrong, used, expired or for another app or redirect URI.",
            "Let the person connect again; if it happens at each sign-in, look whether the clocks agree and the redirect URI is the same in both requests."
        ),
        OAuthErrorHelp(
            "unsupported_grant_type",
            .client,
            "The provider does not exchange codes for this app.",
            "Switch the authorization code grant on in the app's settings, and refresh tokens, too, where they are separate."
        ),
    ]
}
