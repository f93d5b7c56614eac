/// Errors of one provider each.
extension OAuthErrorHelp {
    static let ofOneProvider = google + salesforce + hubSpot + others

    private static let google = [
        OAuthErrorHelp(
            "org_internal",
            .person,
            "The app is for people of the operator's own Google organization only.",
            "Set the user type of the OAuth consent screen to External in the Google Cloud console."
        ),
        OAuthErrorHelp(
            "admin_policy_enforced",
            .person,
            "An administrator of the person's Google Workspace does not allow the app or one of its scopes.",
            "Let the administrator allow the client id under Security, API controls, App access control."
        ),
        OAuthErrorHelp(
            "policy_enforced",
            .person,
            "A rule of the person's Google account, such as Advanced Protection, does not allow the app.",
            "Nothing at the app: the person has to use another account or change the rule."
        ),
        OAuthErrorHelp(
            "disallowed_useragent",
            .person,
            "Google does not let people sign in within another app.",
            "Open the connect link in the system's browser."
        ),
        OAuthErrorHelp(
            "deleted_client",
            .client,
            "The OAuth client was deleted in the Google Cloud console.",
            "Restore it there within 30 days, or make a new one and change client id and secret."
        ),
        OAuthErrorHelp(
            "disabled_client",
            .client,
            "The OAuth client is switched off.",
            "Look for a message of Google's to the owner of the project, and appeal there."
        ),
        OAuthErrorHelp(
            "origin_mismatch",
            .redirectURI,
            "The client is of a type that knows JavaScript origins only.",
            "Make an OAuth client of the type Web application, and register the redirect URI that this command prints."
        ),
    ]

    private static let salesforce = [
        OAuthErrorHelp(
            "invalid_app_access",
            .person,
            "The person is not allowed to use the connected app.",
            "Let an administrator add them by profile or permission set in the app's policies."
        ),
        OAuthErrorHelp(
            "oauth_app_blocked",
            .person,
            "An administrator has blocked the connected app.",
            "Let the administrator unblock it under Connected Apps OAuth Usage."
        ),
        OAuthErrorHelp("inactive_user", .person, "The person's account is inactive.", "Use another account."),
        OAuthErrorHelp("inactive_org", .person, "The organization is locked or closed.", "Use another organization."),
    ]

    private static let hubSpot = [
        OAuthErrorHelp(
            "BAD_AUTH_CODE",
            .grant,
            "The code is wrong, used or expired.",
            "Let the person connect again."
        ),
        OAuthErrorHelp(
            "MISMATCH_REDIRECT_URI_AUTH_CODE",
            .redirectURI,
            "The redirect URI is not the one with which the person was sent to HubSpot.",
            redirectAdvice
        ),
    ]

    private static let others = [
        OAuthErrorHelp(
            "unauthorized_scope_error",
            .scope,
            "LinkedIn has not approved the app for one of the scopes.",
            "Add the product that brings the scope on the app's Products tab, and wait for its approval."
        ),
        OAuthErrorHelp(
            "unverified_user_email",
            .person,
            "The person's e-mail address at GitHub is not verified.",
            "Let the person verify it in their GitHub settings."
        ),
        OAuthErrorHelp(
            "OAuthException",
            .request,
            "Facebook, Instagram or Threads refused; the description says why.",
            "Look whether the app is live, the redirect URI is among its valid ones, and client id and secret are its own."
        ),
        OAuthErrorHelp(
            "cannot_install_an_org_installed_app",
            .person,
            "A Slack administrator has installed the app for the whole organization.",
            "Let the administrator add it to the workspace there."
        ),
        OAuthErrorHelp(
            "oauth_authorization_url_mismatch",
            .client,
            "The Slack app wants people to be sent to the newer address.",
            "Compare the authorization address of the definition with Slack's documentation."
        ),
    ]
}
