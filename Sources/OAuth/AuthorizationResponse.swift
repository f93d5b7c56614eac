public import Secrecy

/// The authorization response (RFC 6749 §4.1.2): what came back to the redirection endpoint, before it is believed.
public struct AuthorizationResponse: Sendable, Concealed {
    public let parameters: FormParameters
    public let state: String

    /// Checks the shape only: `state` exactly once, nothing that matters twice, sizes within reason.
    ///
    /// Throws `OAuthError.malformedCallback`.
    public init(query: String) throws(OAuthError) {
        guard query.utf8.count <= 16384, let parameters = FormParameters(encoded: query) else {
            throw .malformedCallback
        }
        let names = Set(parameters.pairs.map(\.name))
        for name in names where parameters.count(of: name) > 1 { throw .malformedCallback }
        guard !names.contains(where: { $0.hasSuffix("]") }) else { throw .malformedCallback }
        guard let state = parameters["state"], (16...512).contains(state.utf8.count) else { throw .malformedCallback }
        self.parameters = parameters
        self.state = state
    }

    /// The authorization code, once everything else about the response has been accepted.
    ///
    /// The issuer comes first (RFC 9207 §2.4), by simple string comparison, also at providers that do not advertise it.
    /// An error answer without `iss` is still an error. Throws `OAuthError`.
    public func code(expecting provider: OAuthProvider) throws(OAuthError) -> String {
        if let issuer = parameters["iss"] {
            let isExpected = provider.endpoints.issuer.map { $0.utf8.elementsEqual(issuer.utf8) } ?? true
            guard isExpected else { throw .issuerMismatch }
        }
        if let error = parameters["error"], !error.isEmpty {
            throw .provider(ProviderError(code: error, description: parameters["error_description"]))
        }
        guard !provider.endpoints.requiresIssuer || parameters["iss"] != nil else { throw .issuerMismatch }
        guard let code = parameters[provider.codeParameter], !code.isEmpty, code.utf8.count <= 4096,
            code.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .missingCode }
        return code
    }
}
