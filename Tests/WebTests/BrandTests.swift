import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StrictJSON
import TestSupport
import Testing

@testable import Web

@Suite struct BrandTests {
    private static let picture = SamplePicture.png(96, 48)
    private static let branding: JSON = [
        "appName": "Böse <b> & Söhne", "logo": .string(SamplePicture.dataURI(picture)), "color": "#FFEE00",
        "supportUrl": "mailto:help@acme.example", "termsUrl": "https://acme.example/terms?a=1&b=2",
        "privacyUrl": "https://acme.example/privacy",
    ]

    private func brand(_ asking: Asking) async throws -> JSON? {
        try await asking.api(.patch, path(asking), ["branding": Self.branding]).json["workspace"]?["branding"]
    }

    private func path(_ asking: Asking) -> String { "/api/v1/workspaces/\(asking.workspace)" }

    /// What a page of the brand says, loads and links to, and none of the portal's own name.
    private func expectBrand(_ page: String, logo: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        let style = BrandStyle(Color(hex: "#ffee00") ?? .black).url
        let parts = [
            "<link rel=\"stylesheet\" href=\"\(style)\">", "<a href=\"mailto:help@acme.example\">Support</a>",
            "<a href=\"https://acme.example/terms?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">Terms</a>",
            "<a href=\"https://acme.example/privacy\" target=\"_blank\" rel=\"noopener noreferrer\">Privacy</a>",
        ]
        for part in parts { #expect(page.contains(part), "\(part)", sourceLocation: sourceLocation) }
        if let logo {
            let tile = "<img class=\"tile logo\" src=\"\(logo)\" alt=\"\" width=\"48\" height=\"48\">"
            #expect(page.contains(tile), sourceLocation: sourceLocation)
        }
        #expect(!page.contains("Acme Notes") && !page.contains("<b>"), sourceLocation: sourceLocation)
    }

    @Test func `the API says what was set, and the logo as an address`() async throws {
        try await WebPortal().run { asking in
            #expect(try await asking.api(.get, path(asking)).json["workspace"]?["branding"] == .null)
            let branding = try #require(try await brand(asking))
            #expect(branding["color"] == "#ffee00")
            #expect(branding["logo"]?.string?.hasPrefix("http://localhost/connect/logo/") == true)
            #expect(try await asking.api(.get, path(asking)).json["workspace"]?["branding"] == branding)
            let list = try await asking.api(.get, "/api/v1/workspaces").json["workspaces"]?.array
            #expect(list?.first?["branding"] == branding)

            let bad: JSON = ["branding": ["color": "red", "font": "Comic Sans"]]
            let refused = try await asking.api(.patch, path(asking), bad)
            #expect(refused.status == 400)
            let fields = refused.json["details"]?["fields"]?.object?.members.map(\.name)
            #expect(fields == ["branding.font", "branding.color"])

            let new: JSON = ["name": "B", "slug": "b", "branding": ["color": "#101010"]]
            let made = try await asking.api(.post, "/api/v1/workspaces", new)
            #expect(made.status == 201)
            #expect(made.json["workspace"]?["branding"]?["color"] == "#101010")
            let cleared = try await asking.api(.patch, path(asking), ["branding": .null])
            #expect(cleared.json["workspace"]?["branding"] == .null)
        }
    }

    @Test func `the pages of a session have the brand`() async throws {
        try await WebPortal().run { asking in
            let logo = try await brand(asking)?["logo"]?.string?.replacing("http://localhost", with: "")
            let minted = try await asking.mint(["errorRedirectUri": .null])
            let (page, cookie) = try await asking.open(minted.path)
            expectBrand(page, logo: logo)
            #expect(page.contains("Böse &lt;b&gt; &amp; Söhne"))
            #expect(!page.contains("tile app"))

            let path = "/connect/\(minted.session)"
            _ = try await asking.page(.post, path, cookie: cookie, form: "method=oauth2&display=popup")
            let elsewhere = try await asking.page(.get, minted.path)
            #expect(elsewhere.status == 409)
            expectBrand(elsewhere.text)
            _ = try await asking.page(.post, path + "/cancel", cookie: cookie, form: "display=popup")
            expectBrand(try await asking.page(.get, path, cookie: cookie).text)
            // Who has only an id learns nothing of whose it is.
            let stranger = try await asking.page(.get, path)
            #expect(stranger.status == 410)
            #expect(!stranger.text.contains("brand"))
        }
    }

    @Test func `a choice and a link that has expired have the brand`() async throws {
        let web = try await WebPortal()
        let clock = web.test.clock
        try await web.run { asking in
            _ = try await brand(asking)
            let minted = try await asking.mint(["authMethodKey": .null])
            let (page, cookie) = try await asking.open(minted.path)
            #expect(page.contains("class=\"choice\""))
            expectBrand(page)
            clock.advance(by: .seconds(14401))
            let late = try await asking.page(.get, "/connect/\(minted.session)", cookie: cookie)
            #expect(late.status == 410)
            expectBrand(late.text)
        }
    }

    @Test func `a person's own page has the brand`() async throws {
        try await WebPortal().run { asking in
            let logo = try await brand(asking)?["logo"]?.string?.replacing("http://localhost", with: "")
            let user: JSON = ["workspaceId": .string(asking.workspace), "externalId": "dana"]
            let id = try await asking.api(.post, "/api/v1/end-users", user).json["endUser"]?["id"]?.string ?? ""
            let link = try await asking.api(.post, "/api/v1/end-users/\(id)/connect-token", [:]).json["connectUrl"]
            let page = try await asking.page(.get, (link?.string ?? "").replacing("http://localhost", with: ""))
            #expect(page.status == 200)
            expectBrand(page.text, logo: logo)
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("style-src 'self'; img-src 'self' data:") && !policy.contains("unsafe"))
        }
    }

    @Test func `without branding a page is as it was`() async throws {
        try await WebPortal().run { asking in
            let page = try await asking.open(try await asking.mint().path).text
            #expect(page.contains("class=\"tile app\"") && page.contains("Acme Notes"))
            #expect(!page.contains("brand") && !page.contains("<footer"))
            _ = try await asking.api(.patch, path(asking), ["branding": ["appName": "Solo"]])
            let named = try await asking.open(try await asking.mint(["externalId": "acct-2"]).path).text
            #expect(named.contains("class=\"tile app\"") && named.contains("Solo"))
            #expect(!named.contains("brand") && !named.contains("Acme Notes"))
        }
    }

    @Test func `a logo is there for everybody who knows its name, and for good`() async throws {
        try await WebPortal().run { asking in
            let url = try #require(try await brand(asking)?["logo"]?.string).replacing("http://localhost", with: "")
            let response = try await asking.client.execute(uri: url, method: .get, headers: [:], body: nil)
            #expect(response.status == .ok)
            #expect(Array(buffer: response.body) == Self.picture)
            #expect(response.headers[.contentType] == "image/png")
            #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            #expect(response.headers[.setCookie] == nil)
            for other in ["x.png", asking.workspace, String(url.dropFirst(14).dropLast(4)) + ".webp", "%25"] {
                #expect(try await asking.page(.get, "/connect/logo/\(other)").status == 404, "\(other)")
            }
        }
    }

    @Test func `the stylesheet of a colour is kept under its versioned address`() async throws {
        try await WebPortal().run { asking in
            let url = BrandStyle(try #require(Color(hex: "#ffee00"))).url
            let style = try await asking.page(.get, url)
            #expect(style.status == 200)
            #expect(style.text.contains("--primary: #ffee00;") && style.text.contains("--on-primary: #000000;"))
            #expect(style.headers[.contentType] == "text/css; charset=utf-8")
            #expect(style.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let old = try await asking.page(.get, "/assets/brand/ffee00.css?v=1")
            #expect(old.headers[.cacheControl] == "public, max-age=300")
            for name in ["ffee00", "ffee0.css", "ffee0g.css", ".css", "%7D%0A.css", "ffee00.css.css"] {
                #expect(try await asking.page(.get, "/assets/brand/\(name)").status == 404, "\(name)")
            }
        }
    }
}
