@testable import Connect
import Foundation
import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct BrandingTests {
    private static let picture = SamplePicture.dataURI(SamplePicture.png(96, 96))
    private static let everything: JSON = [
        "appName": " Acme Notes ", "logo": .string(picture), "color": "#0F766E",
        "supportUrl": "mailto:help+notes@acme.example", "termsUrl": "https://acme.example/terms#scope",
        "privacyUrl": "https://acme.example:8443/privacy?lang=en",
    ]

    private func update(_ test: TestPortal, _ branding: JSON) async throws -> Branding? {
        try await test.portal.updateWorkspace(test.firstStart.workspace.id, ["branding": branding], for: test.key)
            .branding
    }

    private func stored(_ test: TestPortal) async throws -> Branding? {
        try await test.portal.workspace(test.firstStart.workspace.id, for: test.key).branding
    }

    @Test func `what is named changes, null clears, and nothing else`() async throws {
        let test = try await TestPortal()
        #expect(try await stored(test) == nil)
        let all = try #require(try await update(test, Self.everything))
        #expect(all.appName == "Acme Notes")
        #expect(all.color == "#0f766e")
        #expect(all.supportURL == "mailto:help+notes@acme.example")
        #expect(all.termsURL == "https://acme.example/terms#scope")
        #expect(all.privacyURL == "https://acme.example:8443/privacy?lang=en")
        #expect(try await stored(test) == all)

        let logo = try #require(all.logoName)
        #expect(try await test.portal.logo(named: logo) == Data(SamplePicture.png(96, 96)))
        var expected = all
        (expected.color, expected.termsURL) = ("#ffee00", nil)
        #expect(try await update(test, ["color": "#ffee00", "termsUrl": .null]) == expected)
        #expect(try await update(test, [:]) == expected)
        #expect(try await stored(test) == expected)
        #expect(try await test.portal.logo(named: logo) != nil)

        expected.logoName = nil
        #expect(try await update(test, ["logo": .null]) == expected)
        #expect(try await stored(test) == expected)
        #expect(try await test.portal.logo(named: logo) == nil)
        #expect(try await update(test, .null) == nil)
        #expect(try await stored(test) == nil)
    }

    @Test func `a new picture has a new name, and so has the same one elsewhere`() async throws {
        let test = try await TestPortal()
        let first = try await update(test, ["logo": .string(Self.picture)])?.logoName
        #expect(try await update(test, ["logo": .string(Self.picture)])?.logoName == first)
        let body: JSON = ["name": "B", "slug": "b", "branding": ["logo": .string(Self.picture)]]
        let other = try await test.portal.createWorkspace(body, for: test.key)
        #expect(other.branding?.logoName != first)
        #expect(try await test.portal.workspace(other.id, for: test.key).branding == other.branding)
        let jpeg = SamplePicture.dataURI(SamplePicture.jpeg(10, 10), type: "image/jpeg")
        let second = try #require(try await update(test, ["logo": .string(jpeg)])?.logoName)
        #expect(second.hasSuffix(".jpeg") && second != first)
        #expect(try await test.portal.logo(named: first ?? "") == nil)
        try await test.portal.deleteWorkspace(other.id, for: test.key)
        #expect(try await test.portal.logo(named: other.branding?.logoName ?? "") == nil)
    }

    @Test func `a workspace may begin with it`() async throws {
        let test = try await TestPortal()
        let plain = try await test.portal.createWorkspace(
            ["name": "A", "slug": "a", "branding": .null],
            for: test.key
        )
        #expect(plain.branding == nil)
        await #expect(throws: PortalError.self) {
            try await test.portal.createWorkspace(
                ["name": "B", "slug": "b", "branding": ["color": "red"]],
                for: test.key
            )
        }
        #expect(try await test.portal.workspaces(for: test.key, .all).total == 2)
    }

    @Test(
        arguments: [
            ("appName", "", "must not be empty"), ("appName", .string(String(repeating: "x", count: 81)), "80"),
            ("appName", "Acme\u{202E}", "control or direction"), ("appName", 1, "must be a text"),
            ("color", "", "#2458d6"), ("color", "red", "#2458d6"), ("color", "#fff", "#2458d6"),
            ("color", "#00ff00;}", "#2458d6"), ("color", 255, "must be a text"),
            ("supportUrl", "http://acme.example", "https"), ("supportUrl", "javascript:alert(1)", "https"),
            ("supportUrl", "mailto:", "plain address"),
            ("supportUrl", "mailto:a@b.example,c@d.example", "plain address"),
            ("supportUrl", "mailto:a@b.example?bcc=eve@b.example", "plain address"),
            ("supportUrl", "MAILTO:a@b.example", "https"),
            ("supportUrl", "mailto:a%0Ab@b.example", "plain address"), ("termsUrl", "mailto:a@b.example", "https"),
            ("termsUrl", "/terms", "https"), ("termsUrl", "//acme.example", "https"),
            ("privacyUrl", "https://ada@acme.example/", "https"), ("privacyUrl", "https://a.example/#a#b", "https"),
            ("privacyUrl", "https://a.example/ b", "https"), ("privacyUrl", "https://a.example/#\"onclick=", "https"),
            ("privacyUrl", .string("https://a.example/" + String(repeating: "x", count: 2000)), "2000"),
            ("font", "Comic Sans", "is unknown"), ("logo", true, "must be a text"),
        ] as [(String, JSON, String)]
    )
    func `a fault is named with its place`(member: String, value: JSON, words: String) throws {
        let problem = try faults(["branding": [member: value]])?["branding.\(member)"]?.string
        #expect(problem?.contains(words) == true, "\(problem ?? "taken")")
    }

    @Test func `all faults are named at once`() throws {
        let found = try faults(["branding": ["color": "red", "termsUrl": "x", "logo": "y", "font": 1]])
        let names = found?.members.map(\.name) ?? []
        #expect(Set(names) == ["branding.color", "branding.termsUrl", "branding.logo", "branding.font"])
        #expect(try faults(["branding": ["#ffee00"]])?["branding"] == "must be an object")
    }

    private func faults(_ body: JSON) throws -> JSON.Object? {
        var input = try Input(body)
        _ = input.branding(of: Workspace.ID(rawValue: "w"))
        let error = #expect(throws: PortalError.self) { try input.finish() }
        return error?.details["fields"]?.object
    }
}
