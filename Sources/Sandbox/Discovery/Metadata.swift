import Hummingbird
import StrictJSON

/// What clients can discover (RFC 8414, OpenID Connect Discovery).
///
/// A client's quirks are not in it, since nobody says which client is asking.
extension Sandbox {
    func metadata(of issuer: Issuer, _ document: MetadataDocument) -> Response {
        note(.metadata, method: .get, clientID: nil, parameters: FormParameters())
        let changes = withState { $0.metadata }
        guard changes.status == 200 else { return Response(status: .init(code: changes.status)) }
        guard issuer.variant?.has(document) ?? true else { return Response(status: .notFound) }
        var members = members(of: issuer, endpoints: endpoints(of: issuer, moved: changes.moved))
        issuer.variant?.change(&members, document)
        for member in changes.members.members { members[member.name] = member.value.isNull ? nil : member.value }
        return .json(.object(members))
    }

    private func endpoints(of issuer: Issuer, moved: Bool) -> String {
        switch issuer.variant {
        case .insecureEndpoints: "http://insecure.example"
        case .moved: issuer.base + "/moved"
        default: issuer.base + (moved ? "/moved" : "")
        }
    }

    private func members(of issuer: Issuer, endpoints: String) -> JSON.Object {
        let authentication: JSON = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
        let assertions: JSON = ["ES256", "RS256", "PS256", "EdDSA"]
        return [
            "issuer": .string(issuer.url),
            "authorization_endpoint": .string(endpoints + "/authorize"),
            "pushed_authorization_request_endpoint": .string(endpoints + "/par"),
            "token_endpoint": .string(endpoints + "/token"),
            "revocation_endpoint": .string(endpoints + "/revoke"),
            "introspection_endpoint": .string(endpoints + "/introspect"),
            "userinfo_endpoint": .string(endpoints + "/userinfo"),
            "jwks_uri": .string(endpoints + "/jwks"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "code_challenge_methods_supported": ["S256"],
            "require_pushed_authorization_requests": false,
            "token_endpoint_auth_methods_supported": authentication,
            "token_endpoint_auth_signing_alg_values_supported": assertions,
            "revocation_endpoint_auth_methods_supported": authentication,
            "revocation_endpoint_auth_signing_alg_values_supported": assertions,
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": JSON(SignatureAlgorithm.allCases.map(\.rawValue)),
            "scopes_supported": JSON(Scopes.descriptions.keys.sorted()),
            "authorization_response_iss_parameter_supported": true,
        ]
    }
}

extension MetadataVariant {
    fileprivate func change(_ members: inout JSON.Object, _ document: MetadataDocument) {
        switch self {
        case .wrongIssuer: members["issuer"] = "https://attacker.example"
        case .issuerWithSlash: members["issuer"] = .string((members["issuer"]?.string ?? "") + "/")
        case .differentDocuments where document == .openIDConfiguration:
            for name in [
                "pushed_authorization_request_endpoint", "revocation_endpoint", "introspection_endpoint",
                "code_challenge_methods_supported", "require_pushed_authorization_requests",
                "revocation_endpoint_auth_methods_supported", "authorization_response_iss_parameter_supported",
                "revocation_endpoint_auth_signing_alg_values_supported",
            ] {
                members[name] = nil
            }
        case .plainOnly: members["code_challenge_methods_supported"] = ["plain"]
        case .noChallengeMethods: members["code_challenge_methods_supported"] = nil
        case .pushedOnly: members["require_pushed_authorization_requests"] = true
        case .assertionsOnly:
            members["token_endpoint_auth_methods_supported"] = ["private_key_jwt"]
            members["revocation_endpoint_auth_methods_supported"] = ["private_key_jwt"]
        case .openIDOnly, .authorizationServerOnly, .differentDocuments, .moved, .insecureEndpoints, .slashedIssuer:
            break
        }
    }
}
