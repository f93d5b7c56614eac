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
            let list = JSON.array(quirks.sites.offer.sites.map { .object(describe($0, quirks.sites)) })
            return .json(JSON(placing: list, at: quirks.sites.path))
        }
    }

    private func describe(_ site: Site, _ quirks: SitesQuirks) -> JSON.Object {
        var members: JSON.Object = ["url": .string(issuer + "/sites/" + site.slug), "region": ["code": "eu"]]
        members.merge(quirks.extraMembers)
        let id: JSON = quirks.numericIDs ? JSON(site.number) : .string("site-\(site.number)")
        for (value, path) in [
            (id, quirks.idPath), (.string(site.name), quirks.labelPath),
            (.string(site.kind ?? quirks.kind), quirks.kindPath),
        ] {
            members.merge(JSON.Object(placing: value, at: path))
        }
        return members
    }
}

/// A place inside the provider where an account has its things.
struct Site {
    let number: Int
    let name: String
    let slug: String
    /// `nil` for what most of them are.
    var kind: String?
}

extension SitesQuirks.Offer {
    fileprivate var sites: [Site] {
        let acme = Site(number: 1, name: "Acme", slug: "acme")
        let labs = Site(number: 2, name: "Acme Labs", slug: "acme-labs")
        let boards = Site(number: 3, name: "Acme Boards", slug: "acme-boards", kind: "boards")
        return switch self {
        case .several: [acme, labs]
        case .one: [acme]
        case .none: []
        case .mixed: [acme, boards, labs]
        }
    }
}
