import Foundation
import Integrations
import Testing

@Suite struct CatalogTests {
    @Test func `the built-in definitions are valid`() throws {
        let catalog = try Catalog.load()
        let names = ["freshsales", "github", "google", "notion", "openai", "sendgrid", "slack", "smtp", "stripe"]
        #expect(names.allSatisfy { catalog[$0] != nil })
        // It needs the address of a sandbox, which nobody gave.
        #expect(catalog["sandbox"] == nil)
        #expect(try Catalog.load(variables: ["sandbox": "http://localhost:1"])["sandbox"] != nil)
    }

    @Test func `every built-in definition says where its facts are from, and when they were read`() throws {
        let catalog = try Catalog.load()
        #expect(catalog.integrations.count >= 150)
        #expect(catalog.integrations.count { $0.auth.contains { $0.oauth != nil } } >= 90)
        for integration in catalog.integrations {
            #expect(integration.docs?.hasPrefix("https://") == true, "\(integration.name)")
            #expect(integration.checked?.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil, "\(integration.name)")
            #expect(
                integration.description.count <= 100 && !integration.description.hasSuffix("."),
                "\(integration.name)"
            )
            for field in integration.inputs + integration.auth.flatMap(\.fields) where field.required {
                #expect(!field.label.isEmpty, "\(integration.name)")
            }
        }
        let names = catalog.integrations.map { $0.displayName.lowercased() }
        #expect(Set(names).count == names.count)
    }

    @Test func `an issuer is not claimed with other endpoints`() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, isRefused) in [("google", false), ("googol", true)] {
            let text = """
                name: \(name)
                displayName: Mail
                description: Mail
                categories: [COMMUNICATION]
                color: "#112233"
                auth:
                  - key: oauth2
                    type: OAUTH2
                    displayName: Sign in
                    oauth2:
                      issuer: https://accounts.google.com
                      authorizationUrl: https://accounts.google.com/o/oauth2/v2/auth
                      tokenUrl: https://\(isRefused ? "evil.example" : "oauth2.googleapis.com")/token
                      jwksUrl: https://www.googleapis.com/oauth2/v3/certs
                """
            try text.write(to: directory.appendingPathComponent("\(name).yaml"), atomically: true, encoding: .utf8)
            if isRefused {
                let error = #expect(throws: CatalogError.self) { try Catalog.load(operatorDirectory: directory) }
                let words = "googol.yaml: issuer: https://accounts.google.com has other endpoints in fitbit"
                #expect(error?.description == words)
            } else {
                _ = try Catalog.load(operatorDirectory: directory)
            }
        }
    }

    @Test func `an operator's definition replaces the built-in one`() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let text = DefinitionTests.valid.replacing("name: acme", with: "name: github")
        try text.write(to: directory.appendingPathComponent("github.yaml"), atomically: true, encoding: .utf8)
        let catalog = try Catalog.load(operatorDirectory: directory)
        #expect(catalog["github"]?.displayName == "Acme")
        #expect(catalog["slack"] != nil)
    }

    @Test func `a directory that cannot be read is named`() {
        let missing = URL(fileURLWithPath: "/nowhere/at/all")
        #expect { try Catalog.load(operatorDirectory: missing) } throws: { "\($0)".contains("/nowhere/at/all") }
    }
}
