import Connect
import Foundation
@testable import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct KeyRotationTests {
    private static let old = "k1:\(String(repeating: "A", count: 42))A="
    private static let new = "k2:\(String(repeating: "B", count: 42))A="

    /// The same portal after a restart with other keys.
    private func restarted(_ test: TestPortal, keys: String) throws -> Portal {
        var portal = test.portal
        portal.keys = try KeyRing(text: keys)
        portal.sealer = Sealer(portal.keys)
        return portal
    }

    @Test(arguments: TestEngine.allCases)
    func `everything is sealed by the new key, and the old one can go`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        var connections = [try await test.connected()]
        for index in 0..<450 {
            connections.append(
                try await test.portal.createConnection(
                    [
                        "type": "SECRET_TEXT", "secretText": .string("sk-\(index)"), "externalId": .string("k\(index)"),
                        "displayName": "Key", "integrationName": "openai",
                    ],
                    for: test.key
                )
            )
        }
        _ = try await test.portal.createOAuthApp(
            ["integrationName": "google", "displayName": "Own", "clientId": "c", "clientSecret": "s"],
            for: test.key
        )
        let open = try await test.mint(["externalId": "open"])
        _ = try await test.authorize(open.session, test.ticket(open.session))

        let both = try restarted(test, keys: "\(Self.new),\(Self.old)")
        let before = try await both.encryptionKeyUse()
        #expect(before.configured == ["k2", "k1"] && before.counts == ["k1": 453])

        // Cut off after a few, it finds the rest.
        _ = try await both.store.write { try $0.sealAnew(both.sealer, from: .start, limit: 200) }
        #expect(try await both.encryptionKeyUse().counts == ["k1": 253, "k2": 200])
        #expect(try await both.rotateEncryptionKeys() == 253)
        #expect(try await both.encryptionKeyUse().counts == ["k2": 453])
        #expect(try await both.rotateEncryptionKeys() == 0)

        let after = try restarted(test, keys: Self.new)
        try await after.checkEncryptionKeys()
        for (connection, secret) in zip(connections.dropFirst(), 0...) {
            #expect(
                try await after.credentials(of: connection, for: test.key).json["secretText"] == .string("sk-\(secret)")
            )
        }
        #expect(try await after.credentials(of: connections[0], for: test.key).json["accessToken"] == "access-sentinel")
        await #expect(throws: WrongEncryptionKeyError.self) {
            try await restarted(test, keys: Self.old).checkEncryptionKeys()
        }
    }

    @Test func `what no key opens is named, and keeps nothing else from being sealed anew`() async throws {
        let test = try await TestPortal()
        let damaged = try await test.connected("acct-1")
        _ = try await test.connected("acct-2")
        let spoilt = "UPDATE connection SET credentials = ? WHERE id = ?"
        try await test.portal.store.write { transaction in
            let (sealed, _) = try #require(
                try transaction.sealedCredentials(damaged.id, of: damaged.organizationID)
            )
            try transaction.execute(spoilt, sealed.dropLast() + [sealed[sealed.endIndex - 1] ^ 1], damaged.id)
        }
        let both = try restarted(test, keys: "\(Self.new),\(Self.old)")
        let error = await #expect(throws: UnreadableValuesError.self) { try await both.rotateEncryptionKeys() }
        #expect(error?.values == ["connection.credentials \(damaged.id)"])
        #expect(try await both.encryptionKeyUse().counts["k1"] == 1)
    }

    @Test func `a browser that came before the new key goes on`() async throws {
        let test = try await TestPortal()
        let minted = try await test.mint()
        let ticket = test.ticket(minted.session)
        let both = try restarted(test, keys: "\(Self.new),\(Self.old)")
        #expect(both.ticket(ticket.text, for: minted.session.id)?.text == ticket.text)
        #expect(try restarted(test, keys: Self.new).ticket(ticket.text, for: minted.session.id) == nil)
    }
}
