import Connect
import Foundation
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct KeyTests {
    @Test func `a key is good until it is revoked, and only as it was written`() async throws {
        let test = try await TestPortal()
        let made = try await test.portal.createAPIKey(name: "CI")
        #expect(made.plain.wholeMatch(of: /wvz_[0-9A-Za-z]{32}/) != nil)
        #expect(try await test.portal.authenticate(authorization: "bearer \(made.plain)").id == made.key.id)
        let swapped = made.plain.dropLast() + (made.plain.last == "a" ? "b" : "a")
        for value in [
            nil, "", made.plain, "Basic \(made.plain)", "Bearer ", "Bearer wvz_short", "Bearer \(swapped)",
            "Bearer \(made.plain) x",
        ] {
            let error = await #expect(throws: PortalError.self) {
                try await test.portal.authenticate(authorization: value)
            }
            #expect(error?.code == .unauthenticated)
        }
        _ = try await test.portal.revokeAPIKey(made.key.keyPrefix)
        await #expect(throws: PortalError.self) {
            try await test.portal.authenticate(authorization: "Bearer \(made.plain)")
        }
        #expect(try await test.database.contents().range(of: .init(made.plain.utf8)) == nil)
    }

    /// The rights of a key, and whether it may make one with the others.
    @Test(
        arguments: [
            (["credentials": "none"], [:], false), (["credentials": "none"], ["credentials": "read"], false),
            (["credentials": "none"], ["credentials": "none"], true), (["activity": "none"], [:], false),
            (["activity": "none"], ["activity": "none", "credentials": "none"], true),
            (["credentials": "none"], ["activity": "none"], false), ([:], ["credentials": "none"], true),
        ] as [(JSON, JSON, Bool)]
    )
    func `a key gives no right that it does not have`(own: JSON, given: JSON, isAllowed: Bool) async throws {
        let test = try await TestPortal()
        let caller = try await test.portal.createAPIKey(["name": "Caller", "permissions": own], for: test.key).key
        let made = try? await test.portal.createAPIKey(["name": "Made", "permissions": given], for: caller)
        #expect((made != nil) == isAllowed)
    }

    @Test func `a key makes none that outlives it`() async throws {
        let test = try await TestPortal()
        func body(_ end: Instant?) -> JSON { ["name": "K", "expiresAt": end.map { .string($0.description) } ?? .null] }
        let end = test.clock.now + .seconds(300)
        let caller = try await test.portal.createAPIKey(body(end), for: test.key).key
        _ = try await test.portal.createAPIKey(body(end), for: caller)
        for later in [nil, end + .seconds(1)] {
            let error = await #expect(throws: PortalError.self) {
                try await test.portal.createAPIKey(body(later), for: caller)
            }
            #expect(error?.code == .scopeDenied)
        }
    }

    @Test func `a first start happens once`() async throws {
        let test = try await TestPortal()
        #expect(try await test.portal.bootstrap()?.apiKey == nil)
        #expect(try await test.portal.workspaces().count == 1)
    }
}
