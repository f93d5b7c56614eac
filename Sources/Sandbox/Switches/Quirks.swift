public import StrictJSON

/// How a client's provider deviates from the RFCs; the defaults are a provider that does not.
///
/// Each switch says which real providers need it. The control API knows it by the same name.
public struct Quirks: Sendable, Equatable {
    public init() {}

    // MARK: Names

    /// Replaces the RFC's parameter names in requests (TikTok: `client_id` → `client_key`, `code` → `auth_code`).
    public var parameterNames: [String: String] = [:]
    /// Replaces the RFC's member names in token answers, errors included; some servers write `accessToken`.
    public var responseNames: [String: String] = [:]

    // MARK: Authorization request

    /// Comma: Slack, Linear, Figma, Zoom, TikTok; plus: servers that split the query before decoding it.
    public var scopeSeparator = ScopeSeparator.space
    /// Slack takes a person's own scopes in `user_scope`.
    public var scopeParameter = "scope"
    /// Parameters that must be there with these values (Atlassian: `audience`; Notion: `owner=user`).
    public var requiredAuthorizationParameters: [String: String] = [:]
    /// Airtable and X require PKCE; many older servers ignore it; Linear has refused requests with it.
    public var pkce = ProofKeyPolicy.required
    /// Bluesky and the banks of FAPI 2.0 require it.
    public var pushedAuthorization = PushedAuthorizationPolicy.optional
    /// Seconds for which a pushed request waits for the browser (RFC 9126 §2.2).
    public var pushedRequestLifetime = 60
    /// eBay wants this name of the redirect URI in its place (RuName), unless empty.
    public var redirectName = ""

    // MARK: Sign-in and consent

    /// Sent with the pages, cuts `window.opener` for good (Microsoft, Linear: `same-origin`).
    public var crossOriginOpenerPolicy = ""
    /// Signs this user in and consents without a page, as after an earlier visit; empty shows the pages.
    public var automaticUser = ""
    /// Google turns away browsers that are part of another app.
    public var refusesEmbeddedBrowsers = false
    /// Never granted, whatever the person ticks, as by an administrator's policy.
    public var withheldScopes: [String] = []

    // MARK: Authorization response

    /// Apple answers by a cross-site POST.
    public var responseMode = ResponseMode.asRequested
    /// Amazon SP-API: `spapi_oauth_code`.
    public var codeParameter = "code"
    /// QuickBooks: `realmId`; Zoho: `accounts-server`.
    public var extraCallbackParameters: [String: String] = [:]
    /// A parameter with the granted scopes (Strava: `scope`), unless empty.
    public var callbackScopeParameter = ""
    /// Facebook appends `_=_` behind a number sign.
    public var callbackFragment = ""
    /// Whether `iss` (RFC 9207 §2) is there; a mix-up attack shows as a wrong or missing one.
    public var issuerParameter = EchoedParameter.correct
    /// GitHub app updates come back without `state`; a forged callback has a wrong one.
    public var stateParameter = EchoedParameter.correct
    /// Refuses every authorization with this error, such as `temporarily_unavailable`.
    public var authorizationError = ""

    // MARK: Token request

    /// Basic only: Airtable, Pinterest, DocuSign; body only: HubSpot; none: Etsy; a signed assertion: Revolut.
    public var clientAuthentication = ClientAuthenticationPolicy.basicOrPost
    /// Glewlwyd takes the endpoint only; RFC 7523bis wants the issuer only.
    public var assertionAudience = AssertionAudience.either
    /// Reads Basic credentials without the form-decoding of RFC 6749 §2.3.1, as glewlwyd does.
    public var rawBasicCredentials = false
    /// Notion, TikTok ads, Braintree take a JSON object.
    public var bodyFormat = BodyFormat.form
    /// Header fields that must be there with these values (Notion: `Notion-Version`).
    public var requiredTokenHeaders: [String: String] = [:]
    /// Parameters that a code exchange needs beyond the RFC's (Zendesk: `expires_in`), or the client's own grant
    /// (Auth0: `audience`).
    public var requiredTokenParameters: [String: String] = [:]
    /// The same for a refresh.
    public var requiredRefreshParameters: [String: String] = [:]

    // MARK: Token answer

    /// GitHub answers form-encoded unless JSON is asked for.
    public var answerFormat = AnswerFormat.json
    /// GitHub and Slack report errors with status 200.
    public var errorsWithStatus200 = false
    /// A member that is `true` on success and `false` on error (Slack: `ok`).
    public var successFlag = ""
    /// A dot path to the token members (Slack user tokens: `authed_user`; Instagram: `data.0`).
    public var tokenPath = ""
    /// The same for the members of an error (Facebook: `error`).
    public var errorPath = ""
    /// Added to the answer, or in place of a token member of the same name (Salesforce: `instance_url`).
    public var extraTokenMembers = JSON.Object()
    /// Razorpay tells the account with the first answer only.
    public var extraTokenMembersInRefresh = true
    /// GitHub, glewlwyd: `bearer`; eBay: `User Access Token`; some say `BEARER`, or nothing.
    public var tokenType = "Bearer"
    /// RFC 6749 §5.1 lets a server leave `scope` out when all was granted; some always do.
    public var scopeInAnswer = true
    /// GitHub is asked with spaces and answers with commas; Twitch answers with a list.
    public var scopeFormat = ScopeFormat.asRequested
    /// What the answer calls a scope (Google: `email` by its address); empty, it is not named (Microsoft:
    /// `offline_access`).
    public var scopeAliases: [String: String] = [:]
    /// Salesforce, GitHub, ClickUp leave it out; some servers write milliseconds, or text.
    public var expiresIn = ExpiresIn.seconds
    /// In seconds (Exact Online: 600), 0 for never (Slack, ClickUp).
    public var accessTokenLifetime = 3600
    /// What the `id_token` looks like when `openid` was granted; most flaws must be refused.
    public var idToken = IDTokenFlaw.none
    /// What signs it; OpenID Connect Core §15.1 makes RS256 the one that everybody has.
    public var idTokenAlgorithm = SignatureAlgorithm.rs256
    /// `sub` at the userinfo endpoint instead of the real one (OpenID Connect Core §5.3.2), unless empty.
    public var userinfoSubject = ""

    // MARK: Refresh and revocation

    /// Rotating: Box, Zendesk, Xero; stable: Google; none: Webflow, LinkedIn.
    public var refreshTokens = RefreshTokenPolicy.rotating
    /// Whether the answer to a refresh repeats a stable refresh token (Google, Figma: no).
    public var repeatsStableRefreshToken = true
    /// Figma, TikTok, Dropbox Sign refresh elsewhere.
    public var refreshEndpoint = RefreshEndpoint.token
    /// A used refresh token presented again ends the whole grant (RFC 9700 §4.14.2).
    public var reuseDetection = true
    /// Seconds for which a used refresh token still works (a setting of Okta, Hydra, Auth0).
    public var rotationGrace = 0
    /// Authorization parameters without which no refresh token is issued (Google: `access_type=offline`).
    public var offlineParameters: [String: String] = [:]
    /// The scope without which no refresh token is issued (Microsoft, Atlassian, Xero: `offline_access`).
    public var offlineScope = ""
    /// Seconds after which a refresh token dies, 0 for never (Google's test mode: seven days).
    public var refreshTokenLifetime = 0
    /// Refuses a refresh while the access token has more than these seconds left, 0 for never (Exact Online).
    public var earliestRefresh = 0
    /// Whether revoking a refresh token also ends the access tokens; RFC 7009 §2.1 only says it should.
    public var revocationCascades = true
    public var revocation = RevocationQuirks()
    public var exchange = ExchangeQuirks()

    // MARK: API

    public var account = AccountQuirks()
    public var sites = SitesQuirks()
}
