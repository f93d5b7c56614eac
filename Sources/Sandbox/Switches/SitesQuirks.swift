/// Which sites or tenants a client's provider lists after consent, and how.
public struct SitesQuirks: Sendable, Equatable {
    public init() {}

    public var offer = Offer.several
    /// A dot path to the list (Basecamp, Docusign: `accounts`); empty where the answer is the list (Jira, Xero).
    public var path = ""
    /// Basecamp: the id is a number.
    public var numericIDs = false

    /// One, none or several sites; mixed with such of another product (Basecamp, Xero).
    public enum Offer: String, Sendable, CaseIterable { case several, one, none, mixed }
}

extension SitesQuirks: Switchable {
    static let switches: [Switch<SitesQuirks>] = [
        .choice("offer", \.offer),
        .text("path", \.path),
        .flag("numericIDs", \.numericIDs),
    ]
}
