import Connect
import Foundation
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport

/// One whole way through the portal under one definition, and everything that could be seen of it.
struct ConnectAttempt {
    let integration: Integration
    /// Where the browser was sent, if it was.
    var authorizationURL = ""
    var session: ConnectSession
    /// What the person had to pick from; they take the first.
    var choices: [ChoiceLookup.Choice] = []
    var requests: [OutboundRequest] = []
    var events: [SessionEvent] = []
    var missingScopes: [String] = []
    var connection: Connection?
    /// Of the connection, opened.
    var credentials: JSON = .null

    /// The parameters with which the browser arrives at the provider.
    var authorization: FormParameters {
        FormParameters(encoded: authorizationURL.drop { $0 != "?" }.dropFirst()) ?? FormParameters()
    }
    var isConnected: Bool { session.status == .completed }
    var oauth: OAuthTemplate? { integration.auth[0].issuer }

    /// The first request whose path ends so.
    func request(_ path: String) -> OutboundRequest? {
        requests.first { $0.url.prefix { $0 != "?" }.hasSuffix(path) }
    }

    var tokenRequest: OutboundRequest? { request("/token") }

    init(_ case: VocabularyCase, _ definition: Definition) async throws {
        let catalog = try Catalog.reading(definition.text)
        integration = catalog.integrations[0]
        let app = PlatformApp(
            integrationName: integration.name,
            client: ClientCredentials(id: "client", secret: Secret(`case`.clientSecret)),
            extraParameters: ["shopName": "acme-shop"]
        )
        let test = try await TestPortal(catalog: catalog, apps: [app])
        let traveller = Traveller(test: test, integration: integration, case: `case`)
        (session, authorizationURL) = try await traveller.connect()
        if `case`.isSwitching { (session, authorizationURL) = try await traveller.switchAccount() }
        choices = try await test.portal.choices(of: session)
        if let first = choices.first { session = try await traveller.choose(first, in: session) }
        requests = test.provider.requests(to: "")
        events = try await test.portal.session(session.id, for: test.key).1
        missingScopes = try await test.portal.missingScopes(of: session)
        guard let id = session.connectionID else { return }
        connection = try await test.portal.connection(id, for: test.key)
        credentials = try await test.openedCredentials(of: id)
    }
}

extension OutboundRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    var text: String { String(decoding: body ?? [], as: UTF8.self) }
    var form: FormParameters { FormParameters(encoded: text) ?? FormParameters() }
    var query: FormParameters { FormParameters(encoded: url.drop { $0 != "?" }.dropFirst()) ?? FormParameters() }
}

extension TestPortal {
    /// What a connection keeps sealed.
    func openedCredentials(of id: Connection.ID) async throws -> JSON {
        let organization = key.organizationID
        guard let (sealed, version) = try await portal.store.read({ try $0.sealedCredentials(id, of: organization) })
        else { return .null }
        let place = Connection.credentialsPlace(id, of: organization, version: version)
        return try JSON.parse(Array(try portal.sealer.open(sealed, at: place)))
    }
}
