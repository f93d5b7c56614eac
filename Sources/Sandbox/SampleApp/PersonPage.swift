import StrictJSON

/// The way to the page on which the person sees, makes and removes their own connections.
extension SampleApp {
    /// A link to it; what it offers is what the workspace offers, so that is seen to first.
    func personPageURL() async throws(PortalProblem) -> String {
        try await offer(gallery.personPage)
        let path = "/api/v1/end-users/" + FormParameters.encode(try await endUserID()) + "/connect-token"
        return try await ask("POST", path, [:])["connectUrl"]?.string ?? ""
    }

    private func offer(_ names: [String]) async throws(PortalProblem) {
        let path = "/api/v1/workspaces/" + FormParameters.encode(workspaceID) + "/integrations"
        let offered = try await ask("GET", path)["integrations"]?.array ?? []
        for (place, name) in names.enumerated() where !offered.contains(where: { $0["alias"]?.string == name }) {
            let entry: JSON = ["integrationName": .string(name), "sortOrder": JSON(place)]
            do { _ = try await ask("POST", path, entry) } catch {
                // Another window was quicker.
                guard error.code == "ALIAS_CONFLICT" else { throw error }
            }
        }
    }

    /// The portal knows a person from their first connection on, or from here.
    private func endUserID() async throws(PortalProblem) -> String {
        let query = FormParameters([("workspaceId", workspaceID), ("externalId", SampleUser.id)])
        let known = try await ask("GET", "/api/v1/end-users?" + query.encoded)["endUsers"]?.array?.first
        if let id = known?["id"]?.string { return id }
        let made = try await ask(
            "POST",
            "/api/v1/end-users",
            [
                "workspaceId": .string(workspaceID),
                "externalId": .string(SampleUser.id),
                "displayName": .string(SampleUser.name),
                "email": .string(SampleUser.email),
            ]
        )
        return made["endUser"]?["id"]?.string ?? ""
    }
}
