import Foundation
@testable import Storage
import TestSupport
import Testing

@Suite struct BrandingTests {
    private let organization = Organization.ID(rawValue: "o")
    private let id = Workspace.ID(rawValue: "w")

    private func withWorkspace(_ engine: TestEngine) async throws -> TestDatabase {
        let test = try TestDatabase(engine)
        let now = Instant(milliseconds: 0)
        let workspaces = ["w", "x"].map { name in
            Workspace(
                id: .init(rawValue: name),
                organizationID: organization,
                name: name,
                slug: name,
                createdAt: now,
                updatedAt: now
            )
        }
        try await test.store.write { [organization] transaction in
            try transaction.insert(Organization(id: organization, name: "O", createdAt: now))
            for workspace in workspaces { try transaction.insert(workspace) }
        }
        return test
    }

    @Test(arguments: TestEngine.allCases)
    func `text and logo are set apart, read with the workspace, and go with it`(engine: TestEngine) async throws {
        let test = try await withWorkspace(engine)
        let (store, id, organization) = (test.store, id, organization)
        let read = { @Sendable in try await store.read { try $0.workspace(id, of: organization)?.branding } }
        #expect(try await read() == nil)
        let branding = Branding(appName: "Größe", color: "#0f766e", supportURL: "s", termsURL: "t", privacyURL: "p")
        let logo = Logo(name: "l.png", image: Data((0...255).map { UInt8($0) }))
        try await store.write { transaction in
            try transaction.put(branding, of: id)
            try transaction.put(logo, of: id)
        }
        var expected = branding
        expected.logoName = "l.png"
        #expect(try await read() == expected)
        #expect(try await store.read { try $0.logo(named: "l.png") } == logo.image)

        try await store.write { try $0.put(Branding(appName: "New"), of: id) }
        #expect(try await read() == Branding(appName: "New", logoName: "l.png"))
        let listed = try await store.read { try $0.workspaces(of: organization) }
        #expect(listed.rows.map(\.branding?.appName) == ["New", nil] && listed.total == 2)
        try await store.write { try $0.put(nil, of: id) }
        #expect(try await read() == Branding(appName: "New"))
        #expect(try await store.read { try $0.logo(named: "l.png") } == nil)
        try await store.write { try $0.deleteBranding(of: id) }
        #expect(try await read() == nil)

        try await store.write { try $0.put(branding, of: id) }
        #expect(try await store.write { try $0.deleteWorkspace(id, of: organization) })
        #expect(try await store.read { try $0.all("SELECT 1 FROM branding") { try $0[0] as Int } } == [])
        await #expect(throws: StorageError.dangling) { try await store.write { try $0.put(branding, of: id) } }
    }
}
