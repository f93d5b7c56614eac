internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

extension Portal {
    /// The endpoints of an issuer, by what it said when it was first asked.
    ///
    /// That is kept: later changes wait for the operator (see `watchIssuers`), so nobody can move a sign-in or a token
    /// request by changing one document. The sign-in must be at the issuer's own origin or at a host that the
    /// definition allows.
    func endpoints(
        of issuer: String,
        _ oauth: OAuthTemplate,
        _ integration: Integration
    ) async throws(ConnectFailure) -> ProviderEndpoints {
        let provider = integration.displayName
        let metadata: ProviderMetadata
        do { metadata = try await pinnedMetadata(of: issuer) } catch {
            throw ConnectFailure(error, provider: provider)
        }
        guard let address = WebAddress(metadata.authorizationEndpoint),
            oauth.mayUse(address) || address.origin == WebAddress(issuer)?.origin
        else { throw ConnectFailure(.misconfigured, provider, detail: ["fault": "authorization_endpoint"]) }
        return metadata.endpoints
    }

    private func pinnedMetadata(of issuer: String) async throws -> ProviderMetadata {
        if let pinned = try await store.read({ try $0.pinnedIssuer(issuer) }) {
            return try ProviderMetadata([pinned.metadata], issuer: issuer)
        }
        let metadata = try await fetchMetadata(of: issuer)
        let now = now()
        return try await store.write { transaction in
            try transaction.pin(issuer, metadata: metadata.json, at: now)
            guard let pinned = try transaction.pinnedIssuer(issuer) else { return metadata }
            return try ProviderMetadata([pinned.metadata], issuer: issuer)
        }
    }

    /// Asks an issuer for both documents that it may have; real servers publish one, or two that differ.
    func fetchMetadata(of issuer: String) async throws -> ProviderMetadata {
        let addresses = try ProviderMetadata.addresses(of: issuer)
        var documents: [JSON] = []
        var failure: TransportError?
        for address in [addresses.openID, addresses.oauth] {
            do throws(TransportError) {
                if let document = try await json(at: address) { documents.append(document) }
            } catch { failure = error }
        }
        if documents.isEmpty, let failure { throw failure }
        return try ProviderMetadata(documents, issuer: issuer)
    }

    /// The JSON at an address; nothing where there is something else.
    func json(at address: String) async throws(TransportError) -> JSON? {
        let message = HTTPRequestMessage(method: "GET", url: address, headers: [("Accept", "application/json")])
        let response = try await exchange(message, fresh: false)
        guard response.status == 200, response.body.count <= 262_144 else { return nil }
        return try? JSON.parse(response.body)
    }
}

extension ProviderMetadata {
    /// The endpoints that this names.
    var endpoints: ProviderEndpoints {
        var endpoints = ProviderEndpoints(authorization: authorizationEndpoint, token: tokenEndpoint)
        endpoints.revocation = revocationEndpoint
        endpoints.userinfo = userinfoEndpoint
        endpoints.keys = jwksURI
        endpoints.pushedAuthorization = pushedAuthorizationRequestEndpoint
        endpoints.issuer = issuer
        endpoints.requiresIssuer = issParameterSupported
        return endpoints
    }
}
