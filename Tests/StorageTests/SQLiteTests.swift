import Foundation
@testable import Storage
import TestSupport
import Testing

/// What only SQLite has: a file, one process, one disk.
@Suite struct SQLiteTests {
    private let directory = try? TemporaryDirectory()
    private var path: String { directory?.path("test.sqlite") ?? "" }
    private var location: DatabaseLocation { .sqlite(path: path) }

    @Test func `one process at a time`() async throws {
        let database = try Database(location)
        #expect(throws: DatabaseInUseError.self) { try Database(location) }
        try await database.close()
        try await Database(location).close()
    }

    @Test func `files are for their owner only, and commits reach the disk`() async throws {
        let database = try Database(location)
        for name in ["test.sqlite", "test.sqlite-wal", "test.sqlite-shm", "test.sqlite.lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory?.path(name) ?? "")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        #expect(try await database.write { try $0.first("PRAGMA synchronous") { try $0[0] as Int } } == 2)
        #expect(try await database.read { try $0.first("PRAGMA journal_mode") { try $0[0] as String } } == "wal")
        for (name, value) in [
            ("secure_delete", 1), ("temp_store", 2), ("trusted_schema", 0), ("cell_size_check", 1), ("foreign_keys", 1),
        ] {
            #expect(
                try await database.write { try $0.first("PRAGMA \(name)") { try $0[0] as Int } } == value,
                "\(name)"
            )
        }
        let loose = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT'"
        #expect(try await database.read { try $0.first(loose) { try $0[0] as Int } } == 0)
        try await database.close()
    }

    @Test func `a file that other machines could write is told apart`() {
        #expect(FileSystem.network(at: directory?.url.path ?? "") == nil)
        #expect(FileSystem.network(at: "/nowhere") == nil)
        let mounts = """
            /dev/vda / ext4 rw 0 0
            server:/a /data nfs4 rw 0 0
            tmpfs /data/here\\040too tmpfs rw 0 0
            //nas/b /data/here/nas cifs rw 0 0
            """
        let kinds = [
            "/data": "nfs4", "/data/x": "nfs4", "/data/here too/x": nil, "/data/here/nas/x": "cifs", "/database": nil,
        ]
        for (path, kind) in kinds { #expect(FileSystem.network(at: path, mounts: mounts) == kind, "\(path)") }
    }

    @Test func `a file that is no database is refused, a place that cannot be written too`() throws {
        let garbage = directory?.path("garbage") ?? ""
        try Data(repeating: 0x2A, count: 5000).write(to: URL(fileURLWithPath: garbage))
        #expect(throws: DatabaseOpenError.self) { try Database(.sqlite(path: garbage)) }
        #expect(throws: DatabaseOpenError.self) { try Database(.sqlite(path: "/proc/nowhere/test.sqlite")) }
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
        // Housekeeping: only the rows that go.
        "SELECT id FROM authorizationAttempt WHERE expiresAt <= ? ORDER BY expiresAt LIMIT 1000",
        "SELECT id FROM connectSession WHERE expiresAt <= ? ORDER BY expiresAt LIMIT 1000",
        // Bounds: only the open ones.
        "SELECT 1 FROM connectSession WHERE organizationId = ? AND status IN ('PENDING', 'CONNECTING') AND expiresAt > ?",
        "SELECT 1 FROM connectSession WHERE workspaceId = ? AND endUserExternalId = ? AND status IN ('PENDING', 'CONNECTING') AND expiresAt > ?",
        "SELECT name FROM rateUse WHERE updatedAt <= ? ORDER BY updatedAt LIMIT 1000",
    ])
    func `frequent questions are answered by an index`(sql: String) async throws {
        let database = try Database(location)
        let plan = try await database.read { transaction in
            try transaction.all("EXPLAIN QUERY PLAN " + sql.replacing("?", with: "'x'")) { try $0[3] as String }
        }
        #expect(plan.allSatisfy { $0.contains("USING") && !$0.hasPrefix("SCAN") && !$0.contains("TEMP") }, "\(plan)")
        try await database.close()
    }

    @Test func `a backup is whole while writing goes on, private, and never in the place of a file`() async throws {
        let database = try Database(location)
        try await database.write {
            try $0.insert(Organization(id: .init(rawValue: "o"), name: "O", createdAt: Instant(milliseconds: 0)))
        }
        let writer = Task {
            for index in 0..<500 where !Task.isCancelled {
                try await database.write { try $0.set("s\(index)", to: "x") }
            }
        }
        let copy = directory?.path("copy.sqlite") ?? ""
        try SQLiteBackup.write(from: path, to: copy)
        writer.cancel()
        _ = await writer.result
        let attributes = try FileManager.default.attributesOfItem(atPath: copy)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let opened = try Database(.sqlite(path: copy))
        #expect(try await opened.read { try $0.firstOrganization()?.name } == "O")
        try await opened.close()
        for (source, target, words) in [
            (path, copy, "is there already"), ("\(path).none", copy + "2", "no such file"),
            (path, "/proc/nowhere", "cannot be written"),
        ] {
            #expect { try SQLiteBackup.write(from: source, to: target) } throws: { "\($0)".contains(words) }
        }
        #expect(!FileManager.default.fileExists(atPath: copy + ".part"))
        try await database.close()
    }
}
