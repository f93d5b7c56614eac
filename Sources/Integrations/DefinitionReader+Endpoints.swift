internal import OAuth
internal import Yams

extension DefinitionReader {
    /// Where the provider answers; the metadata of the issuer tells it where the definition says `discovery`.
    static func endpoints(
        in mapping: DefinitionMapping,
        isDiscovered: Bool,
        hasSignIn: Bool
    ) throws(DefinitionError) -> ProviderEndpoints {
        var endpoints = ProviderEndpoints(authorization: "", token: "")
        endpoints.issuer = try issuer(in: mapping)
        endpoints.requiresIssuer = try mapping.bool("requiresIssuer", default: false)
        if endpoints.issuer == nil {
            try mapping.refuse("requiresIssuer", "jwksUrl", because: "needs issuer")
        }
        if isDiscovered {
            let written = ["authorizationUrl", "tokenUrl", "refreshUrl", "revocationUrl", "userinfoUrl", "jwksUrl"]
            for key in written + ["pushedAuthorizationUrl"] {
                try mapping.refuse(key, because: "comes from the issuer's metadata")
            }
            _ = try mapping.required("issuer")
            return endpoints
        }
        if hasSignIn { endpoints.authorization = try address("authorizationUrl", in: mapping) }
        endpoints.token = try address("tokenUrl", in: mapping)
        endpoints.refresh = try optionalAddress("refreshUrl", in: mapping)
        endpoints.revocation = try optionalAddress("revocationUrl", in: mapping)
        endpoints.userinfo = try optionalAddress("userinfoUrl", in: mapping)
        endpoints.keys = try optionalAddress("jwksUrl", in: mapping)
        endpoints.pushedAuthorization = try optionalAddress("pushedAuthorizationUrl", in: mapping)
        return endpoints
    }

    /// An issuer has no query (RFC 8414 §2).
    private static func issuer(in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        let issuer = try optionalAddress("issuer", in: mapping)
        guard issuer?.contains("?") != true else { throw try mapping.required("issuer").error("must have no query") }
        return issuer
    }

    /// Hosts as a browser writes them; `.example.com` stands for every name below.
    static func allowedHosts(in mapping: DefinitionMapping) throws(DefinitionError) -> [String] {
        let hosts = try mapping.texts("allowedHosts")
        for host in hosts {
            let isSuffix = host.hasPrefix(".")
            let address = WebAddress("https://\(isSuffix ? "x" : "")\(host)")
            guard address?.origin == address?.text, address?.host == (isSuffix ? "x" : "") + host,
                !isSuffix || host.dropFirst().contains(".")
            else {
                throw try mapping.required("allowedHosts").error(
                    "\(host) must be a host such as api.example.com or, for all below it, .example.com"
                )
            }
        }
        return hosts
    }
}
