import HTTPTypes
import Testing

@testable import Sandbox

/// What every page carries.
@Suite struct PageTests {
    @Test(arguments: ["/", "/authorize?client_id=nobody", "/authorize?" + SandboxDriver.authorizationQuery()])
    func pagesAreLockedDown(_ uri: String) async throws {
        try await withSandbox(pages: true) { driver in
            let page = try await driver.send(.get, uri)
            let policy = try #require(page.header("Content-Security-Policy"))
            #expect(policy.contains("default-src 'none'"))
            #expect(!policy.contains("unsafe-inline"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(page.header("Referrer-Policy") == "no-referrer")
            #expect(page.header("X-Content-Type-Options") == "nosniff")
            #expect(page.header("Cache-Control") == "no-store")
            #expect(page.header("Cross-Origin-Opener-Policy") == nil)
            #expect(!page.text.contains("style="))
        }
    }

    @Test func homePageListsEverySwitch() async throws {
        try await withSandbox { driver in
            let page = try await driver.send(.get, "/")
            for name in Quirks.descriptions.map(\.name) + Faults.descriptions.map(\.name) {
                #expect(page.text.contains("<code>\(name)</code>"), "\(name)")
            }
            #expect(page.text.contains("<code>revocation.tokenLocation</code>"))
            #expect(page.text.contains(SandboxDriver.issuer + MetadataVariant.plainOnly.path))
        }
    }

    @Test func textIsEscaped() async throws {
        try await withSandbox(pages: true) { driver in
            let query = SandboxDriver.authorizationQuery(scope: "<script>alert(1)</script>")
            let page = try await driver.signIn(on: driver.authorize(query))
            #expect(page.text.contains("Test &lt;App&gt;"))
            #expect(!page.text.contains("<script>alert"))
        }
    }

    @Test func openerPolicyIsAQuirk() async throws {
        try await withSandbox(quirks { $0.crossOriginOpenerPolicy = "same-origin" }, pages: true) {
            driver async throws in
            #expect(try await driver.authorize().header("Cross-Origin-Opener-Policy") == "same-origin")
        }
    }

    @Test(arguments: [("sandbox.css", 200), ("sample-app.js", 200), ("portal.css", 404), ("..%2FPackage.swift", 404)])
    func servesOnlyItsOwnAssets(_ file: String, status: Int) async throws {
        try await withSandbox { driver async throws in
            #expect(try await driver.send(.get, "/sandbox-assets/" + file).status == status)
        }
    }
}
