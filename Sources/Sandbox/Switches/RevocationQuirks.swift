/// How a client's provider has itself asked to end tokens, where that is not RFC 7009.
public struct RevocationQuirks: Sendable, Equatable {
    public init() {}

    /// DELETE: Vimeo, Smartsheet, Zendesk; GET: Slack.
    public var method = Method.post
    /// JSON: FreshBooks, Supabase; query: Zoho; Bearer: Dropbox, Dialpad, Intercom, Strava; some have it in the path.
    public var tokenLocation = TokenLocation.form
    /// GitHub: `access_token`; Supabase: `refresh_token`.
    public var tokenParameter = "token"
    /// HubSpot, Sage, Zoho and Supabase take the refresh token.
    public var accepts = TokenKind.either
    /// Calendly: body here, Basic for tokens; Todoist: the other way round; Google and Zoho: none.
    public var clientAuthentication = ClientAuthentication.asForTokens
    /// Header fields that must be there with these values (Notion: `Notion-Version`).
    public var requiredHeaders: [String: String] = [:]
    /// Parameters that must be there with these values (Stripe: `stripe_user_id`).
    public var requiredParameters: [String: String] = [:]
    /// Google answers 400 to a token that it does not know, which RFC 7009 §2.2 does not.
    public var refusesUnknownTokens = false
    /// Whether an access token takes its refresh token along (Dropbox, Canva).
    public var accessTokenEndsGrant = false
    /// Of success (GitHub, Vimeo: 204).
    public var status = 200

    public enum Method: String, Sendable, CaseIterable { case post, delete, get }

    /// Absent where the account stands in its place (Stripe): all that the client was granted ends.
    public enum TokenLocation: String, Sendable, CaseIterable { case form, json, query, path, bearer, absent }

    public enum TokenKind: String, Sendable, CaseIterable { case either, accessToken, refreshToken }

    public enum ClientAuthentication: String, Sendable, CaseIterable {
        case asForTokens, basicOrPost, basic, post, none, privateKeyJWT
        /// Not looked at: `requiredHeaders` or `requiredParameters` have what proves the client (Miro, Square, Stripe).
        case ignored
    }
}

extension RevocationQuirks: Switchable {
    static let switches: [Switch<RevocationQuirks>] = [
        .choice("method", \.method),
        .choice("tokenLocation", \.tokenLocation),
        .text("tokenParameter", \.tokenParameter),
        .choice("accepts", \.accepts),
        .choice("clientAuthentication", \.clientAuthentication),
        .map("requiredHeaders", \.requiredHeaders),
        .map("requiredParameters", \.requiredParameters),
        .flag("refusesUnknownTokens", \.refusesUnknownTokens),
        .flag("accessTokenEndsGrant", \.accessTokenEndsGrant),
        .status("status", \.status),
    ]
}
