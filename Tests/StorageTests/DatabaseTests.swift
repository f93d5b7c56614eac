import Connect
import Foundation
@testable import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct DatabaseTests {
    private let directory = try? TemporaryDirectory()
    private var path: String { directory?.path("test.sqlite") ?? "" }

    private func workspace(_ index: Int, of organization: Organization.ID) -> Workspace {
        let now = Instant(milliseconds: Int64(index))
        return Workspace(
            id: .init(rawValue: "w\(index)"),
            organizationID: organization,
            name: "W\(index)",
            slug: "w\(index)",
            createdAt: now,
            updatedAt: now
        )
    }

    @Test func `writes that wait together are all done, and one that fails harms none`() async throws {
        let database = try Database(path: path)
        let organization = Organization(id: .init(rawValue: "o"), name: "O", createdAt: Instant(milliseconds: 0))
        try await database.write { try $0.insert(organization) }
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    do {
                        try await database.write { transaction in
                            try transaction.insert(workspace(index, of: organization.id))
                            // Every fifth repeats a slug after its first insert: both inserts must vanish.
                            if index % 5 == 0 {
                                try transaction.insert(
                                    Workspace(
                                        id: .init(rawValue: "x\(index)"),
                                        organizationID: organization.id,
                                        name: "X",
                                        slug: "w\(index)",
                                        createdAt: Instant(milliseconds: 0),
                                        updatedAt: Instant(milliseconds: 0)
                                    )
                                )
                            }
                        }
                        return true
                    } catch { return (error as? StorageError) != .duplicate }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 160)
        try database.close()
        let reopened = try Database(path: path)
        #expect(try await reopened.read { try $0.workspaces(of: organization.id).total } == 160)
        try reopened.close()
    }

    @Test func `one process at a time`() throws {
        let database = try Database(path: path)
        #expect(throws: DatabaseInUseError.self) { try Database(path: path) }
        try database.close()
        try Database(path: path).close()
    }

    @Test func `files are for their owner only, and commits reach the disk`() async throws {
        let database = try Database(path: path)
        for name in ["test.sqlite", "test.sqlite.lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory?.path(name) ?? "")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        #expect(try await database.write { try $0.first("PRAGMA synchronous") { try $0[0] as Int } } == 2)
        #expect(try await database.read { try $0.first("PRAGMA journal_mode") { try $0[0] as String } } == "wal")
        await #expect(throws: StorageError.unavailable) {
            try await database.read { try $0.execute("DELETE FROM setting") }
        }
        try database.close()
    }

    @Test func `a schema of a newer version is refused, a file that is none too`() async throws {
        let database = try Database(path: path)
        try await database.write { try $0.set(Setting.schemaVersion, to: "999") }
        try database.close()
        #expect(throws: SchemaTooNewError.self) { try Database(path: path) }
        let garbage = directory?.path("garbage") ?? ""
        try Data(repeating: 0x2A, count: 5000).write(to: URL(fileURLWithPath: garbage))
        #expect(throws: DatabaseOpenError.self) { try Database(path: garbage) }
        #expect(throws: DatabaseOpenError.self) { try Database(path: "/proc/nowhere/test.sqlite") }
    }

    @Test func `a state is consumed by exactly one of many`() async throws {
        let test = try await TestPortal()
        let store = test.portal.store
        let minted = try await test.portal.mintSession(
            [
                "integrationName": "sandbox", "connectionName": "C", "externalId": "e",
                "workspaceId": .string(test.firstStart.workspace.id.rawValue),
            ],
            for: test.key
        )
        let now = test.clock.now
        let attempt = AuthorizationAttempt(
            id: .init(rawValue: "a"),
            sessionID: minted.session.id,
            organizationID: minted.session.organizationID,
            stateHash: Data([1]),
            context: Data([2]),
            expiresAt: now + .seconds(600),
            createdAt: now
        )
        try await store.write { try $0.insert(attempt) }
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { try await store.write { try $0.consume(attempt.id, at: now) } } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try await store.read { try $0.authorizationAttempt(stateHash: Data([1]))?.context } == Data())
    }

    @Test(arguments: [
        "SELECT id FROM apiKey WHERE hash = ?",
        "SELECT id FROM connection WHERE organizationId = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM connection WHERE organizationId = ? AND integrationName = ? AND externalId = ? AND COALESCE(workspaceId, '') = ?",
        // Lists: the filter and the order from one index, nothing sorted.
        "SELECT id FROM connection WHERE organizationId = ? AND integrationName = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM connection WHERE organizationId = ? AND workspaceId = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM connection WHERE organizationId = ? AND integrationName = ? AND endUserId = ?",
        "SELECT COUNT(*) FROM connection WHERE endUserId = ?",
        "SELECT id FROM connection WHERE organizationId = ? AND externalId = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM workspace WHERE organizationId = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM endUser WHERE organizationId = ? AND workspaceId = ? ORDER BY createdAt DESC, id LIMIT 50",
        "SELECT id FROM connectSession WHERE organizationId = ? ORDER BY createdAt DESC, id LIMIT 50",
        // Resolving: only the few rows that can be meant.
        "SELECT id FROM connection WHERE organizationId = ? AND integrationName = ? AND scope = ? AND workspaceId = ?",
        "SELECT id FROM workspaceIntegration WHERE workspaceId = ? AND integrationName = ?",
        "SELECT status FROM idempotentAnswer WHERE organizationId = ? AND idempotencyKey = ?",
        "SELECT id FROM authorizationAttempt WHERE stateHash = ?",
        "SELECT id FROM sessionEvent WHERE sessionId = ? ORDER BY id",
        "SELECT id FROM endUser WHERE workspaceId = ? AND externalId = ?",
    ])
    func `frequent questions are answered by an index`(sql: String) async throws {
        let database = try Database(path: path)
        let plan = try await database.read { transaction in
            try transaction.all("EXPLAIN QUERY PLAN " + sql.replacing("?", with: "'x'")) { try $0[3] as String }
        }
        #expect(plan.allSatisfy { $0.contains("USING") && !$0.hasPrefix("SCAN") && !$0.contains("TEMP") }, "\(plan)")
        try database.close()
    }
}
