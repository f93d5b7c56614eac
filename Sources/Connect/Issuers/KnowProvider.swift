internal import Integrations
internal import OAuth

extension Portal {
    /// The provider of a definition for one person's values, with its endpoints found out where the definition leaves
    /// that to the issuer.
    func provider(
        _ oauth: OAuthTemplate,
        with values: [String: String],
        _ integration: Integration
    ) async throws(ConnectFailure) -> OAuthProvider {
        do {
            guard oauth.isDiscovered, let issuer = try oauth.issuer(with: values) else {
                return try oauth.provider(with: values)
            }
            let endpoints = try await endpoints(of: issuer, oauth, integration)
            return try oauth.provider(with: values, discovered: endpoints)
        } catch { throw ConnectFailure(error, provider: integration.displayName) }
    }
}
