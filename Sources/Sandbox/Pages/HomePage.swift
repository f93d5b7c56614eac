import Hummingbird

/// What this server is, who has an account, and where the endpoints are.
extension Sandbox {
    func homePage() -> Response {
        let people = users.map { user in
            [
                "name": user.name, "initials": user.initials, "username": user.username,
                "password": user.password, "email": user.email, "apiKey": user.apiKey,
            ]
        }
        let endpoints = [
            "/authorize", "/par", "/token", "/token/long-lived", "/userinfo", "/revoke", "/introspect", "/api/whoami",
            "/api/sites",
        ]
        let model: [String: Any] = [
            "people": people,
            "endpoints": endpoints.map { issuer + $0 },
            "variants": MetadataVariant.allCases.map { issuer + $0.path },
            "quirks": Quirks.descriptions.map(\.model),
            "faults": Faults.descriptions.map(\.model),
            "wide": true,
        ]
        return pages.page("home", title: "Sandbox ID", model)
    }
}

extension SwitchDescription {
    fileprivate var model: [String: String] { ["name": name, "expected": expected, "initial": initial] }
}
