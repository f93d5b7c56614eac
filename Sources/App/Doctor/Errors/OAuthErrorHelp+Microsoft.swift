/// Errors of Microsoft Entra ID, which stand in the description of an ordinary one.
extension OAuthErrorHelp {
    static let microsoft = [
        OAuthErrorHelp(
            "AADSTS50011",
            .redirectURI,
            "The redirect URI is not one of those registered for this app.",
            "Register it in the app registration under Authentication, as a platform of the type Web."
        ),
        OAuthErrorHelp(
            "AADSTS700016",
            .client,
            "The directory that was asked knows no app with this client id.",
            "Copy the Application (client) ID again, and let the app take accounts of any organizational directory."
        ),
        OAuthErrorHelp(
            "AADSTS7000215",
            .client,
            "The client secret is wrong.",
            "Copy the Value of the secret, not its Secret ID, or make a new one under Certificates & secrets."
        ),
        OAuthErrorHelp(
            "AADSTS7000222",
            .client,
            "The client secret has expired.",
            "Make a new one under Certificates & secrets."
        ),
        OAuthErrorHelp(
            "AADSTS7000218",
            .client,
            "The app is confidential, and the request had no client secret.",
            "Add the client secret to the OAuth app here."
        ),
        OAuthErrorHelp(
            "AADSTS700025",
            .client,
            "The app is public, and the request had a client secret.",
            "Register the redirect URI as a platform of the type Web, not as a single-page or mobile one."
        ),
        OAuthErrorHelp(
            "AADSTS700027",
            .client,
            "What the portal signed does not fit any certificate of the app.",
            "Upload the certificate of the private key under Certificates & secrets, and look whether the clocks agree."
        ),
        OAuthErrorHelp(
            "AADSTS7000112",
            .client,
            "The app is switched off in the directory.",
            "Let an administrator switch it on under Enterprise applications."
        ),
        OAuthErrorHelp(
            "AADSTS50194",
            .client,
            "The app is for one directory only, and people are sent to the address for all.",
            "Let the app take accounts of any organizational directory, or name the directory in a definition of your own."
        ),
        OAuthErrorHelp(
            "AADSTS90002",
            .request,
            "There is no directory of that name.",
            "Compare the directory (tenant) in the address with the one in the Entra admin center."
        ),
        OAuthErrorHelp(
            "AADSTS65001",
            .person,
            "Nobody has agreed yet that the app may do this.",
            "Let the person agree when they connect, or an administrator for everybody."
        ),
        OAuthErrorHelp("AADSTS65004", .person, "The person did not agree.", "Nothing: the person can try again."),
        OAuthErrorHelp(
            "AADSTS90094",
            .person,
            "Only an administrator may agree to what the app asks for.",
            "Let an administrator agree for the organization, or ask for fewer scopes."
        ),
        OAuthErrorHelp(
            "AADSTS50020",
            .person,
            "The person's account is of another directory, in which they are no guest.",
            "Let the app take accounts of any organizational directory, or invite the person as a guest."
        ),
        OAuthErrorHelp(
            "AADSTS50105",
            .person,
            "The person is not among those who may use the app.",
            "Let an administrator assign them under Enterprise applications, Users and groups."
        ),
        OAuthErrorHelp(
            "AADSTS53003",
            .person,
            "A conditional access policy of the organization blocks the sign-in.",
            "Let an administrator look at the sign-in log for the policy."
        ),
        OAuthErrorHelp(
            "AADSTS50076",
            .person,
            "The organization wants a second factor.",
            "Let the person connect again and use it."
        ),
        OAuthErrorHelp(
            "AADSTS650052",
            .scope,
            "The organization has no licence for a service that the app asks for.",
            "Leave out the scopes of that service, or get the licence."
        ),
        OAuthErrorHelp(
            "AADSTS650053",
            .scope,
            "A scope does not exist at the service.",
            "Compare the scopes with those under API permissions."
        ),
        OAuthErrorHelp(
            "AADSTS70011",
            .scope,
            "A scope is malformed, or scopes of several services are mixed.",
            "Ask for scopes of one service only; openid, profile, email and offline_access go with each."
        ),
        OAuthErrorHelp(
            "AADSTS900144",
            .request,
            "A parameter is missing.",
            "The description names it; add it to a definition of your own."
        ),
        OAuthErrorHelp("AADSTS9002313", .grant, "The code is none of Microsoft's.", "Let the person connect again."),
        OAuthErrorHelp("AADSTS70000", .grant, "The code or token is not valid.", "Let the person connect again."),
        OAuthErrorHelp("AADSTS70008", .grant, "The code or token has expired.", "Let the person connect again."),
        OAuthErrorHelp("AADSTS54005", .grant, "The code was used before.", "Let the person connect again."),
        OAuthErrorHelp(
            "AADSTS700082",
            .grant,
            "The refresh token was not used for too long.",
            "Let the person connect again."
        ),
    ]
}
