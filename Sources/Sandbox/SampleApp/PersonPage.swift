import StrictJSON

/// The way to the page on which the person sees, makes and removes their own connections.
extension SampleApp {
    /// A link to it; what it offers is what the workspace offers, so that is seen to first.
    ///
    /// All = with everything of the catalog that can be connected now.
    func personPageURL(offeringAll: Bool) async throws(PortalProblem) -> String {
        try await offer(gallery.personPage.map { ["integrationName": .string($0)] })
        if offeringAll { try await offer(try await ready()) }
        let path = "/api/v1/end-users/" + FormParameters.encode(try await endUserID()) + "/connect-token"
        return try await ask("POST", path, [:])["connectUrl"]?.string ?? ""
    }

    /// What is offered already stays as it is.
    private func offer(_ entries: [JSON.Object]) async throws(PortalProblem) {
        let path = "/api/v1/workspaces/" + FormParameters.encode(workspaceID) + "/integrations"
        let offered = try await ask("GET", path)["integrations"]?.array ?? []
        let aliases = Set(offered.compactMap { $0["alias"]?.string })
        for entry in entries where !aliases.contains(entry["integrationName"]?.string ?? "") {
            do { _ = try await ask("POST", path, .object(entry)) } catch {
                // Another window was quicker.
                guard error.code == "ALIAS_CONFLICT" else { throw error }
            }
        }
    }

    /// Everything of the catalog that people can connect now, by a method that is open.
    private func ready() async throws(PortalProblem) -> [JSON.Object] {
        let configured = try await ask("GET", "/api/v1/integrations/oauth-status")["configured"]?.array ?? []
        let integrations = try await ask("GET", "/api/v1/integrations")["integrations"]?.array ?? []
        return integrations.compactMap { integration in
            guard let name = integration["name"], gallery.exhibit(name.string) == nil else { return nil }
            let isConfigured = configured.contains(name)
            let options = integration["authOptions"]?.array ?? []
            let open = options.first { isConfigured || $0["oauth2"] == .null }
            return open.map { ["integrationName": name, "authMethodKey": $0["key"] ?? .null] }
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
