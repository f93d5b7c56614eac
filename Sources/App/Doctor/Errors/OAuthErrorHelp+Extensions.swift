/// The errors of what was added to OAuth 2.0 later.
extension OAuthErrorHelp {
    static let extensions = [
        // RFC 7591 §3.2.2; many use it outside registration.
        OAuthErrorHelp(
            "invalid_redirect_uri",
            .redirectURI,
            "The redirect URI is not registered for this app.",
            redirectAdvice
        ),
        OAuthErrorHelp(
            "invalid_client_metadata",
            .client,
            "A setting of the app does not go with the others.",
            "Read the provider's description and mend the app's settings there."
        ),
        // RFC 7009 §2.2.1.
        OAuthErrorHelp(
            "unsupported_token_type",
            .request,
            "The provider does not revoke tokens of this kind.",
            "Nothing: the token ends by itself, or when the person removes the app."
        ),
        // RFC 6750 §3.1.
        OAuthErrorHelp(
            "invalid_token",
            .grant,
            "The access token is wrong, expired or revoked.",
            "Let the person connect again."
        ),
        OAuthErrorHelp(
            "insufficient_scope",
            .scope,
            "The access token does not reach that far.",
            "Add the scope that the call needs, and let the person connect again."
        ),
        // RFC 8628 §3.5.
        OAuthErrorHelp(
            "authorization_pending",
            .grant,
            "The person has not decided yet.",
            "Wait; the portal uses no device codes, so look whose request this was."
        ),
        OAuthErrorHelp("slow_down", .provider, "Too many requests came too fast.", "Wait, and try again."),
        OAuthErrorHelp(
            "expired_token",
            .grant,
            "The code has expired.",
            "Start again."
        ),
        // RFC 8707 §2.
        OAuthErrorHelp(
            "invalid_target",
            .request,
            "The resource or audience that was asked for is unknown or not allowed for this app.",
            "Compare resource and audience among the parameters of the definition with the app's settings."
        ),
        // RFC 9396 §5.
        OAuthErrorHelp(
            "invalid_authorization_details",
            .request,
            "The provider does not understand authorization_details, or does not allow them for this app.",
            "Compare them with the provider's documentation."
        ),
        // RFC 9449 §5, §8.
        OAuthErrorHelp(
            "invalid_dpop_proof",
            .client,
            "The provider binds tokens to a key, and the request had no proof of one.",
            "Switch sender-constrained tokens (DPoP) off in the app's settings: the portal hands tokens on and cannot bind them."
        ),
        OAuthErrorHelp(
            "use_dpop_nonce",
            .client,
            "The provider binds tokens to a key and wants its nonce in the proof.",
            "Switch sender-constrained tokens (DPoP) off in the app's settings: the portal hands tokens on and cannot bind them."
        ),
        // RFC 9470 §3.
        OAuthErrorHelp(
            "insufficient_user_authentication",
            .person,
            "The person signed in too long ago, or not strongly enough.",
            "Let the person connect again."
        ),
        // RFC 9126 §2.3 with RFC 7523 §3.1, as some name it.
        OAuthErrorHelp(
            "invalid_client_assertion",
            .client,
            "The provider did not accept what the portal signed with the app's private key.",
            "Register the public key that this command prints, and look whether the clocks agree."
        ),
    ]

    static let redirectAdvice =
        "Register the redirect URI exactly as this command prints it: scheme, host, port, path, and no slash at the end."
}
