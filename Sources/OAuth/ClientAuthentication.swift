extension OAuthProvider {
    /// Adds what proves the client to one of the endpoints, in the one way that the provider takes (RFC 6749 §2.3).
    ///
    /// Throws `OAuthError.unusableKey` where the client's secret is no private key and has to be one.
    func authenticate(
        _ client: ClientCredentials,
        at endpoint: String,
        by method: ClientAuthenticationMethod? = nil,
        fresh: Freshness,
        in parameters: inout FormParameters,
        _ headers: inout [(name: String, value: String)]
    ) throws(OAuthError) {
        switch method ?? clientAuthentication {
        case .clientSecretBasic where client.secret != nil:
            headers.append(("Authorization", client.basicAuthorization(encoded: encodesBasicCredentials)))
        case .clientSecretPost where client.secret != nil:
            parameters.set(name("client_id"), client.id)
            parameters.append(name("client_secret"), client.secret?.reveal() ?? "")
        case .privateKeyJWT:
            parameters.set(name("client_id"), client.id)
            let assertion = try assertion(of: client, at: endpoint, fresh: fresh)
            for pair in assertion.pairs { parameters.append(pair.name, pair.value) }
        default:
            // A public client names itself and proves nothing (RFC 6749 §3.2.1).
            parameters.set(name("client_id"), client.id)
        }
    }

    /// The audience is the issuer, or else the very endpoint that is asked, so that an assertion is of no use anywhere
    /// else.
    private func assertion(
        of client: ClientCredentials,
        at endpoint: String,
        fresh: Freshness
    ) throws(OAuthError) -> FormParameters {
        let assertion = ClientAssertion(
            clientID: client.id,
            audience: assertionAudience == .endpoint ? endpoint : endpoints.issuer ?? endpoint,
            randomBytes: fresh.random,
            issuedAt: fresh.now
        )
        do throws(SigningKeyFault) {
            return try assertion.parameters(signedWith: SigningKey(client.secret ?? Secret("")))
        } catch { throw .unusableKey(error) }
    }

    /// The provider's own name of a parameter.
    func name(_ rfcName: String) -> String { parameterNames[rfcName] ?? rfcName }
}
