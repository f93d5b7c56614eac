import Hummingbird
import Views

/// What this server is, who has an account, and where the endpoints are.
extension Sandbox {
    func homePage() -> Response {
        let people = users.map { user in user.crib.with(["email": .text(user.email)]) }
        let endpoints = [
            "/authorize", "/par", "/token", "/token/long-lived", "/userinfo", "/revoke", "/introspect", "/api/whoami",
            "/api/sites",
        ]
        let view: View = [
            "people": .list(people),
            "endpoints": .list(endpoints.map { issuer + $0 }),
            "variants": .list(MetadataVariant.allCases.map { issuer + $0.path }),
            "quirks": .list(Quirks.descriptions.map(\.view)),
            "faults": .list(Faults.descriptions.map(\.view)),
            "wide": .flag(true),
        ]
        return pages.page("home", title: "Sandbox ID", view)
    }
}

extension SwitchDescription {
    fileprivate var view: View {
        ["name": .text(name), "expected": .text(expected), "initial": .text(initial)]
    }
}
