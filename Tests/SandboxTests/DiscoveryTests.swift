import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

/// Metadata, its variants and its changes.
@Suite struct DiscoveryTests {
    private static let members = ["authorization", "token", "revocation", "introspection", "userinfo"]

    @Test func namesTheIssuerAndEndpoints() async throws {
        try await withSandbox { driver in
            for document in MetadataDocument.allCases {
                let metadata = try await driver.send(.get, document.rawValue).json
                #expect(metadata["issuer"]?.string == SandboxDriver.issuer)
                #expect(metadata["token_endpoint"]?.string == SandboxDriver.issuer + "/token")
                #expect(metadata["pushed_authorization_request_endpoint"]?.string == SandboxDriver.issuer + "/par")
                #expect(metadata["authorization_response_iss_parameter_supported"]?.bool == true)
                let algorithms = metadata["id_token_signing_alg_values_supported"]?.array?.compactMap(\.string)
                #expect(algorithms == SignatureAlgorithm.allCases.map(\.rawValue))
            }
        }
    }

    @Test(arguments: MetadataVariant.allCases)
    func variantsHaveTheDocumentsThatTheySay(_ variant: MetadataVariant) async throws {
        try await withSandbox { driver in
            for document in MetadataDocument.allCases {
                let answer = try await driver.metadata(variant, document)
                #expect(answer.status == (variant.has(document) ? 200 : 404))
                guard answer.status == 200 else { continue }
                let own = SandboxDriver.issuer + variant.path + (variant == .slashedIssuer ? "/" : "")
                let isOwn = answer.json["issuer"]?.string == own
                #expect(isOwn == ![.wrongIssuer, .issuerWithSlash].contains(variant))
            }
        }
    }

    @Test func variantsAreOddInOneWayEach() async throws {
        try await withSandbox { driver in
            func member(_ name: String, of variant: MetadataVariant) async throws -> JSON? {
                try await driver.metadata(variant, .authorizationServer).json[name]
            }
            #expect(try await member("code_challenge_methods_supported", of: .plainOnly) == ["plain"])
            #expect(try await member("code_challenge_methods_supported", of: .noChallengeMethods) == nil)
            #expect(try await member("require_pushed_authorization_requests", of: .pushedOnly) == true)
            #expect(
                try await member("token_endpoint_auth_methods_supported", of: .assertionsOnly) == ["private_key_jwt"]
            )
            #expect(try await member("token_endpoint", of: .insecureEndpoints)?.string?.hasPrefix("http://") == true)
            #expect(try await member("revocation_endpoint", of: .differentDocuments) != nil)
            let openID = try await driver.metadata(.differentDocuments, .openIDConfiguration).json
            #expect(openID["revocation_endpoint"] == nil)
            #expect(openID["token_endpoint"] != nil)
        }
    }

    @Test(arguments: [MetadataVariant.moved, .openIDOnly, .slashedIssuer])
    func endpointsOfAVariantWork(_ variant: MetadataVariant) async throws {
        let query = SandboxDriver.authorizationQuery()
        try await withSandbox { driver in
            let metadata = try await driver.metadata(variant, .openIDConfiguration).json
            func path(_ name: String) throws -> String {
                let address = try #require(metadata[name]?.string)
                return String(address.dropFirst(SandboxDriver.issuer.count))
            }
            let base = try path("token_endpoint").replacingSuffix("/token", with: "")
            let callback = try #require(try await driver.send(.get, base + "/authorize?" + query).callback)
            let issuer = try #require(metadata["issuer"]?.string)
            #expect(callback["iss"] == issuer)
            let tokens = try await driver.exchange(try #require(callback["code"]), at: base)
            let token = try IDToken(tokens)
            #expect(token.claims["iss"]?.string == issuer)
            #expect(try token.verifies(with: try await driver.keys(at: base)))
            #expect(try await driver.get(path("userinfo_endpoint"), bearer: tokens.accessToken).status == 200)
            let form = FormParameters([("token", tokens.accessToken)])
            let basic = SandboxDriver.basic()
            let known = try await driver.send(.post, path("introspection_endpoint"), form: form, headers: basic)
            #expect(known.json["iss"]?.string == issuer)
            #expect(try await driver.send(.post, path("revocation_endpoint"), form: form, headers: basic).status == 200)
            #expect(try await driver.get(path("userinfo_endpoint"), bearer: tokens.accessToken).status == 401)
        }
    }

    @Test func metadataCanChange() async throws {
        try await withSandbox { driver in
            let patch = #"{"moved":true,"members":{"jwks_uri":null,"claims_supported":["sub"]}}"#
            #expect(try await driver.send(.patch, "/control/metadata", body: patch).status == 200)
            let metadata = try await driver.send(.get, MetadataDocument.openIDConfiguration.rawValue).json
            #expect(metadata["issuer"]?.string == SandboxDriver.issuer)
            for name in Self.members {
                #expect(metadata[name + "_endpoint"]?.string?.hasPrefix(SandboxDriver.issuer + "/moved/") == true)
            }
            #expect(metadata["jwks_uri"] == nil)
            #expect(metadata["claims_supported"] == ["sub"])
            _ = try await driver.send(.patch, "/control/metadata", body: #"{"status":503}"#)
            #expect(try await driver.send(.get, MetadataDocument.openIDConfiguration.rawValue).status == 503)
            #expect(try await driver.send(.get, "/control/metadata").json["moved"]?.bool == true)
            _ = try await driver.send(.patch, "/control/metadata", body: "null")
            let again = try await driver.send(.get, MetadataDocument.openIDConfiguration.rawValue).json
            #expect(again["token_endpoint"]?.string == SandboxDriver.issuer + "/token")
            let wrong = try await driver.send(.patch, "/control/metadata", body: #"{"moved":1}"#)
            #expect(wrong.error == "metadata.moved must be true or false")
        }
    }

    @Test func discoveryIsCounted() async throws {
        try await withSandbox { driver in
            _ = try await driver.send(.get, MetadataDocument.openIDConfiguration.rawValue)
            _ = try await driver.keys()
            let log = try await driver.send(.get, "/control/requests").json
            #expect(log.value(at: "totals.metadata")?.integer == 1)
            #expect(log.value(at: "totals.jwks")?.integer == 1)
        }
    }
}

extension SandboxDriver {
    fileprivate func metadata(_ variant: MetadataVariant, _ document: MetadataDocument) async throws -> Answer {
        try await send(.get, document.path(issuerPath: variant.path))
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
