/// One card of the gallery: a made-up service, what connecting it shows, and how the sandbox treats its client.
public struct Exhibit: Sendable {
    /// Where the card's buttons lead.
    enum Offer: Sendable {
        /// To the connect page, in a popup or in this tab.
        case connection
        /// There as well, and by a link to carry elsewhere.
        case connectionAndLink
        /// To what is left of a link that has come to its end.
        case deadLinks
    }

    /// The integration's name, too.
    public let name: String
    let title: String
    /// One sentence about what there is to see.
    let shows: String
    /// What to do; between backticks, what to type.
    let how: String
    var offer = Offer.connection
    /// The language of its connect page, where the app chooses it.
    var locale: String?
    /// Whether the app's backend confirms who connected.
    var needsConfirmation = false
    /// Whether people can connect by OAuth, for which the sandbox must know a client.
    public var hasSignIn = true
    /// The id of that client, where it is not made of the name.
    var ownClientID: String?
    var quirks = Quirks()
    var faults = Faults()

    public var clientID: String { ownClientID ?? "connect-portal-demo-\(name)" }

    /// Its registration at the sandbox.
    public func client(id: String, secret: String?, redirectURI: String, name: String) -> SandboxClient {
        SandboxClient(
            id: id,
            secret: secret,
            redirectURIs: [redirectURI],
            name: name,
            quirks: quirks,
            faults: faults
        )
    }
}

extension Quirks {
    init(_ change: (inout Quirks) -> Void) {
        self.init()
        change(&self)
    }
}
