public import StrictJSON

/// What a provider says about itself (RFC 8414 §2, OpenID Connect Discovery §3), as far as it matters here.
public struct ProviderMetadata: Sendable, Equatable {
    /// The members, by the names of the RFCs.
    public enum Member: String, Sendable, CaseIterable {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case revocationEndpoint = "revocation_endpoint"
        case userinfoEndpoint = "userinfo_endpoint"
        case jwksURI = "jwks_uri"
        /// RFC 9126 §5.
        case pushedAuthorizationRequestEndpoint = "pushed_authorization_request_endpoint"
        case requirePushedAuthorizationRequests = "require_pushed_authorization_requests"
        /// RFC 9207 §3.
        case issParameterSupported = "authorization_response_iss_parameter_supported"
        case codeChallengeMethods = "code_challenge_methods_supported"
        case tokenEndpointAuthMethods = "token_endpoint_auth_methods_supported"
        case idTokenSigningAlgorithms = "id_token_signing_alg_values_supported"
    }

    public let issuer: String
    public let authorizationEndpoint: String
    public let tokenEndpoint: String
    public let revocationEndpoint: String?
    public let userinfoEndpoint: String?
    public let jwksURI: String?
    public let pushedAuthorizationRequestEndpoint: String?
    public let requirePushedAuthorizationRequests: Bool
    /// Whether an authorization response without `iss` is to be refused (RFC 9207 §2.4).
    public let issParameterSupported: Bool
    /// None where the provider does not tell.
    public let codeChallengeMethods: [String]?
    public let tokenEndpointAuthMethods: [String]?
    public let idTokenSigningAlgorithms: [String]?

    /// Reads the documents of one issuer, the first of which goes before the others where both have a member.
    ///
    /// A document that names another issuer is left aside as a whole, by simple string comparison (RFC 8414 §3.3).
    public init(_ documents: [JSON], issuer: String) throws(ProviderMetadataFault) {
        let reader = try ProviderMetadataReader(documents, issuer: issuer)
        self.issuer = issuer
        authorizationEndpoint = try reader.requiredAddress(.authorizationEndpoint)
        tokenEndpoint = try reader.requiredAddress(.tokenEndpoint)
        revocationEndpoint = try reader.address(.revocationEndpoint)
        userinfoEndpoint = try reader.address(.userinfoEndpoint)
        jwksURI = try reader.address(.jwksURI)
        requirePushedAuthorizationRequests = try reader.flag(.requirePushedAuthorizationRequests)
        pushedAuthorizationRequestEndpoint =
            requirePushedAuthorizationRequests
            ? try reader.requiredAddress(.pushedAuthorizationRequestEndpoint)
            : try reader.address(.pushedAuthorizationRequestEndpoint)
        issParameterSupported = try reader.flag(.issParameterSupported)
        codeChallengeMethods = try reader.names(.codeChallengeMethods)
        guard codeChallengeMethods?.contains(PKCEMethod.s256.rawValue) ?? true else { throw .withoutS256 }
        tokenEndpointAuthMethods = try reader.names(.tokenEndpointAuthMethods)
        idTokenSigningAlgorithms = try reader.names(.idTokenSigningAlgorithms)
    }

    /// The members for storing, to be read again by the same initializer.
    public var json: JSON {
        var object = JSON.Object()
        for member in Member.allCases { object[member.rawValue] = value(of: member) }
        return .object(object)
    }

    func value(of member: Member) -> JSON? {
        switch member {
        case .issuer: .string(issuer)
        case .authorizationEndpoint: .string(authorizationEndpoint)
        case .tokenEndpoint: .string(tokenEndpoint)
        case .revocationEndpoint: revocationEndpoint.map(JSON.string)
        case .userinfoEndpoint: userinfoEndpoint.map(JSON.string)
        case .jwksURI: jwksURI.map(JSON.string)
        case .pushedAuthorizationRequestEndpoint: pushedAuthorizationRequestEndpoint.map(JSON.string)
        case .requirePushedAuthorizationRequests: .bool(requirePushedAuthorizationRequests)
        case .issParameterSupported: .bool(issParameterSupported)
        case .codeChallengeMethods: codeChallengeMethods.map { JSON($0) }
        case .tokenEndpointAuthMethods: tokenEndpointAuthMethods.map { JSON($0) }
        case .idTokenSigningAlgorithms: idTokenSigningAlgorithms.map { JSON($0) }
        }
    }
}
