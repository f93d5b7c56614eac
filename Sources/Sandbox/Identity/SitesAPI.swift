import Hummingbird
import StrictJSON

/// The sites to choose from after consent, as at Atlassian, Xero or Basecamp.
extension Sandbox {
    func sites(_ request: Request, context: SandboxRequestContext) async -> Response {
        let holder = tokenHolder(request)
        note(.sites, method: request.method, clientID: holder?.client.id, parameters: FormParameters())
        return await withFaults(of: holder?.client.id, at: .sites, context: context) {
            guard let holder else { return Self.refuseToken() }
            let quirks = holder.client.quirks
            let instance = context.parameters.get("instance")
            let grant = grant(for: holder.token, in: request, quirks.account, instance: instance)
            guard grant?.user != nil else { return quirks.account.refusal.answer }
            let list = JSON.array(quirks.sites.offer.sites.map { site($0, numericID: quirks.sites.numericIDs) })
            return .json(quirks.sites.path.isEmpty ? list : .object(JSON.Object(placing: list, at: quirks.sites.path)))
        }
    }

    private func site(_ site: Site, numericID: Bool) -> JSON {
        [
            "id": numericID ? JSON(site.number) : .string("site-\(site.number)"),
            "name": .string(site.name),
            "url": .string(issuer + "/sites/" + site.slug),
            "product": .string(site.product),
            "region": ["code": "eu"],
        ]
    }
}

struct Site {
    let number: Int
    let name: String
    let slug: String
    var product = "notes"
}

extension SitesQuirks.Offer {
    fileprivate var sites: [Site] {
        let acme = Site(number: 1, name: "Acme", slug: "acme")
        let labs = Site(number: 2, name: "Acme Labs", slug: "acme-labs")
        let boards = Site(number: 3, name: "Acme Boards", slug: "acme-boards", product: "boards")
        return switch self {
        case .several: [acme, labs]
        case .one: [acme]
        case .none: []
        case .mixed: [acme, boards, labs]
        }
    }
}
