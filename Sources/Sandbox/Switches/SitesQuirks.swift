public import StrictJSON

/// Which sites or tenants a client's provider lists after consent, and how.
public struct SitesQuirks: Sendable, Equatable {
    public init() {}

    public var offer = Offer.several
    /// A dot path to the list (Basecamp, Docusign: `accounts`); empty where the answer is the list (Jira, Xero).
    public var path = ""
    /// Basecamp: the id is a number.
    public var numericIDs = false
    /// A dot path to the id inside a site (Xero: `tenantId`; FreshBooks: `business.id`).
    public var idPath = "id"
    /// The same for its label, which may be missing (Exact Online).
    public var labelPath = "name"
    /// The member that tells sites of several products apart (Basecamp: `product`; Xero: `tenantType`).
    public var kindPath = "product"
    /// Its value at all sites but the odd one of `Offer.mixed` (Basecamp: `bc3`; Xero: `ORGANISATION`).
    public var kind = "notes"
    /// Added to each site (Docusign: `base_uri`; Facebook: `access_token`).
    public var extraMembers = JSON.Object()

    /// One, none or several sites; mixed with such of another product (Basecamp, Xero).
    public enum Offer: String, Sendable, CaseIterable { case several, one, none, mixed }
}

extension SitesQuirks: Switchable {
    static let switches: [Switch<SitesQuirks>] = [
        .choice("offer", \.offer),
        .text("path", \.path),
        .flag("numericIDs", \.numericIDs),
        .text("idPath", \.idPath),
        .text("labelPath", \.labelPath),
        .text("kindPath", \.kindPath),
        .text("kind", \.kind),
        .object("extraMembers", \.extraMembers),
    ]
}
