extension OAuthProvider {
    /// Adds what proves the client, in the one way that the provider takes (RFC 6749 §2.3).
    func authenticate(
        _ client: ClientCredentials,
        in parameters: inout FormParameters,
        _ headers: inout [(name: String, value: String)]
    ) {
        switch clientAuthentication {
        case .clientSecretBasic where client.secret != nil:
            headers.append(("Authorization", client.basicAuthorization(encoded: encodesBasicCredentials)))
        case .clientSecretPost where client.secret != nil:
            parameters.append(name("client_id"), client.id)
            parameters.append(name("client_secret"), client.secret?.reveal() ?? "")
        default:
            // A public client names itself and proves nothing (RFC 6749 §3.2.1).
            parameters.append(name("client_id"), client.id)
        }
    }

    /// The provider's own name of a parameter.
    func name(_ rfcName: String) -> String { parameterNames[rfcName] ?? rfcName }
}
