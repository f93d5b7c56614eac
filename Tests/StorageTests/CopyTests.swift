import Connect
import Foundation
@testable import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct CopyTests {
    private static let ways: [(TestEngine, TestEngine)] = [
        (.sqlite, .postgresql), (.postgresql, .sqlite), (.sqlite, .sqlite), (.postgresql, .postgresql),
    ]

    @Test(arguments: ways)
    func `everything arrives as it was, and only in an empty database`(
        from: TestEngine,
        to: TestEngine
    ) async throws {
        let test = try await TestPortal(engine: from)
        let source = test.portal.store
        let workspace = JSON.string(test.firstStart.workspace.id.rawValue)
        for index in 0..<1203 {
            _ = try await test.portal.createConnection(
                [
                    "type": "SECRET_TEXT", "integrationName": "openai", "externalId": .string("e\(index)"),
                    "displayName": "Größe 🚀", "secretText": .string("sk-\(index)"), "workspaceId": workspace,
                    "endUserId": .string("user-\(index % 7)"),
                ],
                for: test.key
            )
        }
        _ = try await test.portal.mintSession(
            [
                "integrationName": "sandbox", "connectionName": "C", "externalId": "e", "workspaceId": workspace,
            ],
            for: test.key
        )
        _ = try await test.portal.updateWorkspace(
            test.firstStart.workspace.id,
            ["branding": ["logo": .string(SamplePicture.dataURI(SamplePicture.png(9, 9)))]],
            for: test.key
        )
        let database = try TestDatabase(to)
        let target = database.store
        let copied = try source.copy(to: target)
        let counts = Dictionary(uniqueKeysWithValues: copied.map { ($0.name, $0.rows) })
        #expect(counts["connection"] == 1203)
        #expect(counts["endUser"] == 7)
        #expect(counts["connectSession"] == 1)
        #expect(counts["sessionEvent"] == 1)
        #expect(counts["branding"] == 1)

        var moved = test.portal
        moved.store = target
        try await moved.checkEncryptionKeys()
        #expect(try await moved.bootstrap() == nil)
        let key = try await moved.authenticate(authorization: "Bearer \(test.firstStart.apiKey)")
        let listed = try await target.read { try $0.connections(of: key.organizationID) }
        let original = try await source.read { try $0.connections(of: key.organizationID) }
        #expect(listed.rows.map(\.id) == original.rows.map(\.id))
        #expect(throws: CopyError.targetNotEmpty) { try source.copy(to: target) }
    }

    @Test func `a copy that fails leaves the target empty`() async throws {
        let test = try await TestPortal(engine: .postgresql)
        let database = try TestDatabase(.sqlite)
        let target = database.store
        // A row that the target cannot take, in a table that comes late.
        try await target.write { _ = try $0.execute("DROP TABLE idempotentAnswer") }
        #expect(throws: (any Error).self) { try test.portal.store.copy(to: target) }
        #expect(try await target.read { try $0.firstOrganization()?.id } == nil)
        #expect(try await target.schemaVersion() == Migrations.steps.count)
    }

    @Test func `no table is forgotten`() async throws {
        let database = try TestDatabase(.sqlite)
        let tables = try await database.store.read {
            try $0.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
                try $0[0] as String
            }
        }
        #expect(Set(tables) == Set(Table.all.map(\.name) + ["lease", "rateUse", "home"]))
    }
}
