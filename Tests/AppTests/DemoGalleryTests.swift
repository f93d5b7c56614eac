@testable import App
import Foundation
import Integrations
import OAuth
import Sandbox
import Testing

/// Each exhibit of the demo has its definition and, where people sign in, its client; and there are no others.
@Suite struct DemoGalleryTests {
    private let gallery = Gallery.standard
    private let variables = ["sandbox": "http://localhost:1"]

    @Test func `every exhibit has a definition, and the product's catalog none of them`() throws {
        let definitions = try Catalog.load(builtIn: Gallery.definitions, variables: variables)
        let builtIn = try Catalog.load(variables: variables)
        let names = gallery.exhibits.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(definitions.integrations.map(\.name)).union(["sandbox"]) == Set(names))
        #expect(definitions.integrations.allSatisfy { builtIn[$0.name] == nil })
    }

    @Test(arguments: Gallery.standard.exhibits.map(\.name))
    func `an exhibit agrees with its definition`(name: String) throws {
        let catalog = try Catalog.load(additional: [Gallery.definitions], variables: variables)
        let exhibit = try #require(gallery.exhibits.first { $0.name == name })
        let definition = try #require(catalog[name])
        #expect(definition.auth.contains { $0.oauth != nil } == exhibit.hasSignIn)
    }

    @Test func `every exhibit with a sign-in has an app of its own`() {
        let apps = DemoCommand.apps(gallery)
        #expect(apps.map(\.integrationName) == gallery.exhibits.filter(\.hasSignIn).map(\.name))
        #expect(Set(apps.map(\.client.id)).count == apps.count)
        #expect(Set(apps.map { $0.client.secret?.reveal() }).count == apps.count)
    }

    @Test func `definitions of the demo are read only when they are asked for, and the operator's replace them`() throws
    {
        #expect(try Catalog.load(variables: variables)["lighthouse"] == nil)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = Gallery.definitions.appendingPathComponent("lighthouse.yaml")
        let text = try String(contentsOf: file, encoding: .utf8).replacing("Lighthouse", with: "Their own")
        try text.write(to: directory.appendingPathComponent("lighthouse.yaml"), atomically: true, encoding: .utf8)
        let catalog = try Catalog.load(
            additional: [Gallery.definitions],
            operatorDirectory: directory,
            variables: variables
        )
        #expect(catalog["lighthouse"]?.displayName == "Their own")
    }
}
