import Connect
import Integrations
import OAuth
import Outbound
import Storage
import StrictJSON
import TestSupport

/// Steps of connections that are renewed, shared by the tests.
extension TestPortal {
    /// A connection of an end user whose access token lives for an hour.
    func connected(_ externalID: String = "acct-1", account: String = "u-1") async throws -> Connection {
        answerWell()
        provider.reply(to: "/userinfo", #"{"sub":"\#(account)","email":"ada@example.test"}"#)
        let session = try await connect(mint(["externalId": .string(externalID), "endUserId": "ada"]))
        guard let id = session.connectionID else { throw UnexpectedStep() }
        return try await self.connection(id)
    }

    func connection(_ id: Connection.ID) async throws -> Connection { try await portal.connection(id, for: key) }

    /// What the app's backend gets.
    func read(_ connection: Connection) async throws -> JSON {
        let seen = try await self.connection(connection.id)
        return try await portal.credentials(of: seen, for: key).json
    }

    /// The access token, or the code of the refusal.
    func tokenOrCode(_ connection: Connection) async throws -> String {
        do { return try await read(connection)["accessToken"]?.string ?? "none" } catch let error as PortalError {
            return error.code.rawValue
        }
    }

    func answerRefresh(_ number: Int = 2, lifetime: Int = 3600) {
        provider.reply(
            to: "/token",
            #"{"access_token":"access-\#(number)","refresh_token":"refresh-\#(number)","token_type":"Bearer","expires_in":\#(lifetime)}"#
        )
    }

    /// The requests for new tokens, as forms.
    var refreshes: [FormParameters] {
        provider.requests(to: "/token")
            .compactMap { FormParameters(encoded: String(decoding: $0.body ?? [], as: UTF8.self)) }
            .filter { $0["grant_type"] == "refresh_token" }
    }

    func turns(_ connection: Connection) async throws -> [String] {
        try await portal.store.read { try $0.events(of: connection.id, limit: 100) }.map(\.type)
    }
}
