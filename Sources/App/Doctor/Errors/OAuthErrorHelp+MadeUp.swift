/// Errors that are no RFC's and known to several providers.
extension OAuthErrorHelp {
    static let madeUp = [
        OAuthErrorHelp(
            "redirect_uri_mismatch",
            .redirectURI,
            "The redirect URI is not one of those registered for this app.",
            redirectAdvice
        ),
        OAuthErrorHelp("bad_redirect_uri", .redirectURI, "The redirect URI is not registered.", redirectAdvice),
        OAuthErrorHelp(
            "invalid_client_id",
            .client,
            "The provider knows no app with this client id.",
            "Copy the client id again from the app's settings; it is another one for test and live accounts."
        ),
        OAuthErrorHelp(
            "bad_client_id",
            .client,
            "The provider knows no app with this client id.",
            "Copy the client id again from the app's settings; it is another one for test and live accounts."
        ),
        OAuthErrorHelp(
            "bad_client_secret",
            .client,
            "The client secret is not this app's.",
            "Copy the client secret again from the app's settings, or make a new one there."
        ),
        OAuthErrorHelp(
            "invalid_client_secret",
            .client,
            "The client secret is not this app's.",
            "Copy the client secret again from the app's settings, or make a new one there."
        ),
        OAuthErrorHelp(
            "invalid_client_credentials",
            .client,
            "Client id and client secret do not belong together.",
            "Copy both again from the app's settings."
        ),
        OAuthErrorHelp(
            "incorrect_client_credentials",
            .client,
            "Client id and client secret do not belong together.",
            "Copy both again from the app's settings, or make a new client secret there."
        ),
        OAuthErrorHelp(
            "application_suspended",
            .client,
            "The provider has suspended the app.",
            "Ask the provider's support what it was suspended for."
        ),
        OAuthErrorHelp(
            "bad_verification_code",
            .grant,
            "The code is wrong or has expired.",
            "Let the person connect again."
        ),
        OAuthErrorHelp(
            "invalid_code",
            .grant,
            "The code is wrong or has expired.",
            "Let the person connect again."
        ),
        OAuthErrorHelp("code_already_used", .grant, "The code was used before.", "Let the person connect again."),
        OAuthErrorHelp(
            "bad_refresh_token",
            .grant,
            "The refresh token is wrong, revoked or expired.",
            "Let the person connect again."
        ),
        OAuthErrorHelp(
            "invalid_refresh_token",
            .grant,
            "The refresh token is wrong, revoked or expired.",
            "Let the person connect again."
        ),
        OAuthErrorHelp(
            "no_scopes",
            .scope,
            "The request asked for nothing.",
            "Name scopes in the definition or for the OAuth app."
        ),
        OAuthErrorHelp(
            "rate_limit_exceeded",
            .provider,
            "Too many requests came too fast.",
            "Wait, and try again."
        ),
        OAuthErrorHelp(
            "user_cancelled_login",
            .person,
            "The person did not sign in.",
            "Nothing: the person can try again."
        ),
        OAuthErrorHelp(
            "user_cancelled_authorize",
            .person,
            "The person did not agree.",
            "Nothing: the person can try again."
        ),
    ]
}
