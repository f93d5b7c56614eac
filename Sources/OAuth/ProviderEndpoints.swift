public import StrictJSON

/// Where a provider answers, and the name that it gives itself.
public struct ProviderEndpoints: Sendable, Hashable {
    /// Empty where nobody signs in, as with client credentials.
    public var authorization: String
    public var token: String
    /// Where refresh tokens are exchanged, if not at the token endpoint.
    public var refresh: String?
    /// RFC 7009.
    public var revocation: String?
    /// OpenID Connect Core §5.3.
    public var userinfo: String?
    /// The keys that sign id_tokens: `jwks_uri` of OpenID Connect Discovery §3.
    public var keys: String?
    /// RFC 9126.
    public var pushedAuthorization: String?
    /// The issuer that answers must name when they name one (RFC 9207, OpenID Connect Core §3.1.3.7).
    public var issuer: String?
    /// Whether an authorization response without `iss` is refused.
    public var requiresIssuer = false

    public init(authorization: String, token: String) {
        self.authorization = authorization
        self.token = token
    }

    /// The same with every address replaced.
    public func mapAddresses<Failure>(
        _ replace: (String) throws(Failure) -> String
    ) throws(Failure) -> ProviderEndpoints {
        var mapped = self
        if !authorization.isEmpty { mapped.authorization = try replace(authorization) }
        if !token.isEmpty { mapped.token = try replace(token) }
        for path in Self.optionalAddresses {
            if let address = self[keyPath: path] { mapped[keyPath: path] = try replace(address) }
        }
        return mapped
    }

    /// Every address there is.
    public var addresses: [String] {
        [authorization, token].filter { !$0.isEmpty } + Self.optionalAddresses.compactMap { self[keyPath: $0] }
    }

    private static var optionalAddresses: [WritableKeyPath<ProviderEndpoints, String?>] {
        [\.refresh, \.revocation, \.userinfo, \.keys, \.pushedAuthorization, \.issuer]
    }
}

extension ProviderEndpoints {
    /// For keeping them with what they issued.
    public var json: JSON {
        [
            "authorization": .string(authorization),
            "token": .string(token),
            "refresh": JSON(refresh),
            "revocation": JSON(revocation),
            "userinfo": JSON(userinfo),
            "keys": JSON(keys),
            "pushedAuthorization": JSON(pushedAuthorization),
            "issuer": JSON(issuer),
            "requiresIssuer": .bool(requiresIssuer),
        ]
    }

    public init?(_ json: JSON) {
        guard let authorization = json["authorization"]?.string, let token = json["token"]?.string else { return nil }
        self.init(authorization: authorization, token: token)
        refresh = json["refresh"]?.string
        revocation = json["revocation"]?.string
        userinfo = json["userinfo"]?.string
        keys = json["keys"]?.string
        pushedAuthorization = json["pushedAuthorization"]?.string
        issuer = json["issuer"]?.string
        requiresIssuer = json["requiresIssuer"]?.bool ?? false
    }
}
