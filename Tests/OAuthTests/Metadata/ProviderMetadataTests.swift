import OAuth
import StrictJSON
import Testing

@Suite struct ProviderMetadataTests {
    private static let openID: JSON = [
        "issuer": "https://p.example/t", "authorization_endpoint": "https://p.example/t/authorize?x=1",
        "token_endpoint": "https://p.example/t/token", "userinfo_endpoint": "https://p.example/t/userinfo",
        "jwks_uri": "https://keys.example/t", "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "subject_types_supported": ["public"],
    ]
    private static let oauth: JSON = [
        "issuer": "https://p.example/t", "authorization_endpoint": "https://p.example/other",
        "token_endpoint": "https://p.example/other", "revocation_endpoint": "https://p.example/t/revoke",
        "pushed_authorization_request_endpoint": "https://p.example/t/par",
        "require_pushed_authorization_requests": true, "authorization_response_iss_parameter_supported": true,
        "code_challenge_methods_supported": ["plain", "S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
    ]

    private func read(_ documents: [JSON]) throws(ProviderMetadataFault) -> ProviderMetadata {
        try ProviderMetadata(documents, issuer: "https://p.example/t")
    }

    @Test func `two documents complete each other, the first goes before`() throws {
        let metadata = try read([Self.openID, Self.oauth])
        #expect(metadata.issuer == "https://p.example/t")
        #expect(metadata.authorizationEndpoint == "https://p.example/t/authorize?x=1")
        #expect(metadata.tokenEndpoint == "https://p.example/t/token")
        #expect(metadata.revocationEndpoint == "https://p.example/t/revoke")
        #expect(metadata.userinfoEndpoint == "https://p.example/t/userinfo")
        #expect(metadata.jwksURI == "https://keys.example/t")
        #expect(metadata.pushedAuthorizationRequestEndpoint == "https://p.example/t/par")
        #expect(metadata.requirePushedAuthorizationRequests)
        #expect(metadata.issParameterSupported)
        #expect(metadata.codeChallengeMethods == ["plain", "S256"])
        #expect(metadata.tokenEndpointAuthMethods == ["client_secret_basic", "private_key_jwt"])
        #expect(metadata.idTokenSigningAlgorithms == ["RS256", "ES256"])
        #expect(try read([metadata.json]) == metadata)
    }

    @Test func `one document is enough`() throws {
        let metadata = try read([Self.openID])
        #expect(metadata.revocationEndpoint == nil)
        #expect(metadata.codeChallengeMethods == nil)
        #expect(!metadata.requirePushedAuthorizationRequests)
        #expect(try read([.null, "text", Self.openID]) == metadata)
        #expect(try read([metadata.json]) == metadata)
    }

    @Test(arguments: [
        "https://p.example/t/", "https://P.example/t", "https://p.example:443/t", "http://p.example/t", "",
        "https://p.example",
    ])
    func `discovery-issuer-mismatch`(issuer: String) throws {
        let foreign = Self.openID.with(["issuer": .string(issuer)])
        #expect(throws: ProviderMetadataFault.issuerMismatch) { try read([foreign]) }
        // Nothing is taken from it, not even beside a right one.
        #expect(try read([foreign, Self.oauth]).jwksURI == nil)
    }

    private static let changes: [([String: JSON?], ProviderMetadataFault)] = [
        (["issuer": nil], .issuerMismatch), (["issuer": 1], .issuerMismatch),
        (["authorization_endpoint": nil], .missing(.authorizationEndpoint)),
        (["authorization_endpoint": .null], .missing(.authorizationEndpoint)),
        (["token_endpoint": nil], .missing(.tokenEndpoint)),
        (["token_endpoint": "http://p.example/t"], .unusable(.tokenEndpoint)),
        (["token_endpoint": "https://user@p.example/t"], .unusable(.tokenEndpoint)),
        (["token_endpoint": "https://p.example/t#f"], .unusable(.tokenEndpoint)),
        (["token_endpoint": "/token"], .unusable(.tokenEndpoint)),
        (["token_endpoint": ["https://p.example/t"]], .unusable(.tokenEndpoint)),
        (["authorization_endpoint": "javascript://p.example/%0aalert(1)"], .unusable(.authorizationEndpoint)),
        (["revocation_endpoint": ""], .unusable(.revocationEndpoint)),
        (["jwks_uri": "file:///etc/passwd"], .unusable(.jwksURI)),
        (["jwks_uri": "http://127.0.0.1.evil.example/"], .unusable(.jwksURI)),
        (["userinfo_endpoint": 1], .unusable(.userinfoEndpoint)),
        (["pushed_authorization_request_endpoint": "ftp://p.example"], .unusable(.pushedAuthorizationRequestEndpoint)),
        (["require_pushed_authorization_requests": true], .missing(.pushedAuthorizationRequestEndpoint)),
        (["require_pushed_authorization_requests": "true"], .unusable(.requirePushedAuthorizationRequests)),
        (["authorization_response_iss_parameter_supported": 1], .unusable(.issParameterSupported)),
        (["code_challenge_methods_supported": ["plain"]], .withoutS256),
        (["code_challenge_methods_supported": []], .withoutS256),
        (["code_challenge_methods_supported": "S256"], .unusable(.codeChallengeMethods)),
        (["token_endpoint_auth_methods_supported": [1]], .unusable(.tokenEndpointAuthMethods)),
        (["id_token_signing_alg_values_supported": [:]], .unusable(.idTokenSigningAlgorithms)),
    ]

    @Test(arguments: changes)
    func `what is refused`(change: [String: JSON?], fault: ProviderMetadataFault) {
        #expect(throws: fault) { try read([Self.openID.with(change)]) }
    }

    @Test func `what is no document`() {
        for documents: [JSON] in [[], [.null], ["text"], [[]]] {
            #expect(throws: ProviderMetadataFault.malformed) { try read(documents) }
        }
    }

    @Test func `plain http on this machine`() throws {
        let metadata = try read([Self.openID.with(["token_endpoint": "http://127.0.0.1:9000/token"])])
        #expect(metadata.tokenEndpoint == "http://127.0.0.1:9000/token")
    }

    // MARK: Addresses

    @Test(arguments: [
        ("https://p.example", "", ""), ("https://p.example/", "", ""), ("https://p.example/a/b", "/a/b", "/a/b"),
        ("https://p.example/a/", "/a", "/a"),
    ])
    func `where metadata is published`(issuer: String, before: String, after: String) throws {
        let addresses = try ProviderMetadata.addresses(of: issuer)
        #expect(addresses.openID == "https://p.example\(before)/.well-known/openid-configuration")
        #expect(addresses.oauth == "https://p.example/.well-known/oauth-authorization-server\(after)")
    }

    @Test(arguments: [
        "", "p.example", "http://p.example", "https://p.example?x", "https://p.example/#x", "https://u@p.example",
        "https://p.example/{tenant}", "accounts.example.com",
    ])
    func `an issuer that has no metadata`(issuer: String) {
        #expect(throws: ProviderMetadataFault.unusableIssuer) { try ProviderMetadata.addresses(of: issuer) }
    }

    // MARK: Changes

    @Test func `what is new is shown`() throws {
        let old = try read([Self.openID])
        let new = try read([
            Self.openID.with([
                "token_endpoint": "https://evil.example/token", "userinfo_endpoint": nil,
                "revocation_endpoint": "https://p.example/t/revoke",
                "id_token_signing_alg_values_supported": ["ES256", "RS256"],
                "authorization_response_iss_parameter_supported": true, "new_member": 1,
            ])
        ])
        let changes = old.changes(to: new)
        #expect(
            changes.map(\.member) == [.tokenEndpoint, .revocationEndpoint, .userinfoEndpoint, .issParameterSupported]
        )
        #expect(changes.map(\.old) == ["https://p.example/t/token", nil, "https://p.example/t/userinfo", false])
        #expect(changes.map(\.new) == ["https://evil.example/token", "https://p.example/t/revoke", nil, true])
        #expect(old.changes(to: old).isEmpty)
    }
}
