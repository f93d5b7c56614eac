public import Secrecy
public import Storage
public import StrictJSON

/// A new key, in clear this once.
public struct NewAPIKey: Sendable, Concealed {
    public let key: APIKey
    public let plain: String
}

extension Portal {
    /// Makes a key as a request body says; the caller's key must reach the whole organization.
    ///
    /// Nobody gives what they do not have: neither a right nor a life longer than their own.
    public func createAPIKey(
        _ body: JSON,
        for caller: APIKey,
        also: @escaping Also<NewAPIKey> = { _, _ in }
    ) async throws -> NewAPIKey {
        try caller.requireWholeOrganization()
        var input = try Input(body)
        let name = input.text("name")
        let expiresAt = input.futureInstant("expiresAt", now: now())
        let permissions = input.permissions()
        try input.finish()
        try caller.requireRights(toGive: permissions, until: expiresAt)
        let workspaces =
            permissions?["workspaceIds"]?.array?.compactMap { $0.string.map(Workspace.ID.init(rawValue:)) } ?? []
        let known = try await store.read { try $0.workspaceCount(of: caller.organizationID, among: workspaces) }
        guard known == Set(workspaces).count else {
            throw PortalError.validation([("permissions.workspaceIds", "holds an id that is no workspace")])
        }
        return try await create(
            name,
            organization: caller.organizationID,
            permissions,
            expiresAt: expiresAt,
            by: .key(caller),
            also: also
        )
    }

    /// Makes a key for the default organization, for the operator; on an empty database this is the first one.
    public func createAPIKey(name: String) async throws -> NewAPIKey {
        guard (1...200).contains(name.count) else {
            throw PortalError.validation([("name", "must have 1 to 200 characters")])
        }
        if let first = try await bootstrap(keyName: name) { return NewAPIKey(key: first.key, plain: first.apiKey) }
        return try await create(
            name,
            organization: try await defaultOrganization(),
            nil,
            expiresAt: nil,
            by: .operator
        ) { _, _ in }
    }

    public func apiKeys(for caller: APIKey, _ page: ListPage) async throws -> Listing<APIKey> {
        try caller.requireWholeOrganization()
        return try await store.read { try $0.apiKeys(of: caller.organizationID, page) }
    }

    /// The default organization's keys, for the operator.
    public func apiKeys() async throws -> [APIKey] {
        let organization = try await defaultOrganization()
        return try await store.read { try $0.apiKeys(of: organization).rows }
    }

    /// Ends a key for the very next request; a key does not end itself.
    public func revokeAPIKey(_ id: APIKey.ID, for caller: APIKey) async throws {
        try caller.requireWholeOrganization()
        guard id != caller.id else {
            throw PortalError(
                .validation,
                "A key cannot delete itself",
                details: ["fields": ["id": "is the key of this request"]]
            )
        }
        guard try await remove(id, of: caller.organizationID, by: .key(caller)) else {
            throw PortalError(.notFound, "API key not found")
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
        _ = try await remove(key.id, of: key.organizationID, by: .operator)
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

    private func create(
        _ name: String,
        organization: Organization.ID,
        _ permissions: JSON?,
        expiresAt: Instant?,
        by actor: Activity.Party,
        also: @escaping Also<NewAPIKey>
    ) async throws -> NewAPIKey {
        let plain = PlainKey(random: random)
        var key = newAPIKey(plain, name: name, organization: organization)
        key.permissions = permissions
        key.expiresAt = expiresAt
        let made = NewAPIKey(key: key, plain: plain.text)
        let limit = quotas.apiKeys
        let detail: JSON.Object = ["name": .string(name), "keyPrefix": .string(key.keyPrefix)]
        let created = entry(.apiKeyCreated, by: actor, on: .apiKey(key.id), of: organization, .success, detail)
        try await store.write { transaction in
            try Quotas.check(limit, of: "API keys", in: organization, transaction) {
                try transaction.apiKeyCount(of: $0)
            }
            try transaction.insert(made.key, hash: plain.hash)
            try record(created, in: transaction)
            try also(transaction, made)
        }
        return made
    }

    private func remove(
        _ id: APIKey.ID,
        of organization: Organization.ID,
        by actor: Activity.Party
    ) async throws -> Bool {
        let revoked = entry(.apiKeyRevoked, by: actor, on: .apiKey(id), of: organization)
        let isRemoved = try await store.write { transaction in
            guard try transaction.deleteAPIKey(id, of: organization) else { return false }
            try record(revoked, in: transaction)
            return true
        }
        keyCache.forgetAll()
        return isRemoved
    }

    private func defaultOrganization() async throws -> Organization.ID {
        guard let organization = try await store.read({ try $0.firstOrganization() }) else {
            throw PortalError(.notFound, "The database has no organization yet: start the server once")
        }
        return organization.id
    }
}

extension Input {
    /// `null`, `{"scope": "org"}` or `{"scope": "workspace", "workspaceIds": [...]}`, and `credentials` and
    /// `activity` with any.
    fileprivate mutating func permissions() -> JSON? {
        let given = object("permissions")
        guard let permissions = given.object, !permissions.members.isEmpty else { return nil }
        let scope = permissions["scope"]?.string
        if scope != "org", scope != "workspace", permissions["scope"] != nil || permissions["workspaceIds"] != nil {
            refuse("permissions.scope", "must be org or workspace")
        }
        if scope == "org", permissions["workspaceIds"] != nil {
            refuse("permissions.workspaceIds", "goes only with the scope workspace")
        }
        let ids = permissions["workspaceIds"]?.array?.compactMap { $0.string.map(Workspace.ID.init(rawValue:)) }
        let areIDs = ids.map {
            !$0.isEmpty && $0.allSatisfy(\.isWellFormed) && $0.count == permissions["workspaceIds"]?.array?.count
        }
        if scope == "workspace", areIDs != true {
            refuse("permissions.workspaceIds", "must hold at least one UUID, and only UUIDs")
        }
        for name in APIKey.rights {
            guard let right = permissions[name], !["read", "none"].contains(right.string) else { continue }
            refuse("permissions.\(name)", "must be read or none")
        }
        return given
    }
}
