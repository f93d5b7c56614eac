public import Storage

extension Portal {
    /// Makes a key for the default organization and returns it in clear, the only time it is ever seen.
    public func createAPIKey(name: String) async throws -> (key: APIKey, plain: String) {
        guard (1...200).contains(name.count) else {
            throw PortalError.validation([("name", "must have 1 to 200 characters")])
        }
        guard let organization = try await store.read({ try $0.firstOrganization() }) else {
            throw PortalError(.notFound, "The database has no organization yet: start the server once")
        }
        let plain = PlainKey(random: random)
        let key = newAPIKey(plain, name: name, organization: organization.id)
        try await store.write { try $0.insert(key, hash: plain.hash) }
        return (key, plain.text)
    }

    public func apiKeys() async throws -> [APIKey] {
        try await store.read { transaction in
            try transaction.firstOrganization().map { try transaction.apiKeys(of: $0.id) } ?? []
        }
    }

    /// Ends a key at once; by its id, or by a prefix that only one key has.
    public func revokeAPIKey(_ idOrPrefix: String) async throws -> APIKey {
        let found = try await apiKeys().filter { $0.id.rawValue == idOrPrefix || $0.keyPrefix == idOrPrefix }
        guard let key = found.first else {
            throw PortalError(.notFound, "No API key has the id or prefix \(idOrPrefix)")
        }
        guard found.count == 1 else {
            throw PortalError(.validation, "Several API keys start with \(idOrPrefix): give the id")
        }
        _ = try await store.write { try $0.deleteAPIKey(key.id, of: key.organizationID) }
        return key
    }

    func newAPIKey(_ plain: PlainKey, name: String, organization: Organization.ID) -> APIKey {
        APIKey(
            id: newID(),
            organizationID: organization,
            name: name,
            keyPrefix: String(plain.text.prefix(8)),
            createdAt: now()
        )
    }
}
