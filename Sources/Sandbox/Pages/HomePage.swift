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
        let endpoints = ["/authorize", "/token", "/userinfo", "/revoke", "/introspect", "/api/whoami"]
        let model: [String: Any] = ["people": people, "endpoints": endpoints.map { issuer + $0 }, "wide": true]
        return pages.page("home", title: "Sandbox ID", model)
    }
}
