import Connect
import Foundation
import Storage
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

    @Test func `a first start happens once`() async throws {
        let test = try await TestPortal()
        #expect(try await test.portal.bootstrap()?.apiKey == nil)
        #expect(try await test.portal.workspaces().count == 1)
    }
}
