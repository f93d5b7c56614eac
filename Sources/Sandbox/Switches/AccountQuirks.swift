/// How the API of a client's provider tells whose an access token is.
public struct AccountQuirks: Sendable, Equatable {
    public init() {}

    /// POST: Slack, Dropbox; GraphQL: Linear, Monday, Shopify, Wave, Buffer, Meetup.
    public var request = RequestKind.get
    /// Shopify: `X-Shopify-Access-Token`; Amazon, Walmart: fields of their own.
    public var tokenHeader = "Authorization"
    /// Mailchimp, Twitch: `OAuth`; Zoho: `Zoho-oauthtoken`; Monday: none.
    public var tokenScheme = "Bearer"
    /// Header fields that must be there with these values (Twitch: `Client-Id`; Notion: `Notion-Version`).
    public var requiredHeaders: [String: String] = [:]
    /// The API answers only below `/instances/<instance>` (Salesforce, Pipedrive, Zoho: told with the token).
    public var instance = ""
    /// A dot path to the account's id; a number in it makes a list (Twitch: `data.0.id`; Supabase: `0.id`).
    public var idPath = "id"
    /// The same for its label, which may be missing (HubSpot, Aircall).
    public var labelPath = "email"
    /// GitHub, HubSpot, Zendesk: the id is a number.
    public var numericID = false
    /// Slack, Attio and GraphQL servers answer 200 also for a token that is dead.
    public var refusal = Refusal.unauthorized

    public enum RequestKind: String, Sendable, CaseIterable { case get, post, graphQL }

    /// How a dead token is answered: by a status, or with status 200 and `{"ok": false}`, `{"errors": […]}` or
    /// `{"active": false}`.
    public enum Refusal: String, Sendable, CaseIterable {
        case unauthorized, badRequest, forbidden, notOK, errorList, inactive
    }
}

extension AccountQuirks: Switchable {
    static let switches: [Switch<AccountQuirks>] = [
        .choice("request", \.request),
        .text("tokenHeader", \.tokenHeader),
        .text("tokenScheme", \.tokenScheme),
        .map("requiredHeaders", \.requiredHeaders),
        .text("instance", \.instance),
        .text("idPath", \.idPath),
        .text("labelPath", \.labelPath),
        .flag("numericID", \.numericID),
        .choice("refusal", \.refusal),
    ]
}
