import Connect
import Foundation
@testable import Storage
import StrictJSON
import TestSupport
import Testing

/// What both engines promise.
@Suite struct DatabaseTests {
    private let organization = Organization(
        id: .init(rawValue: "o"),
        name: "O",
        createdAt: Instant(milliseconds: 0)
    )

    private func workspace(_ id: String, slug: String, createdAt: Int = 0) -> Workspace {
        let moment = Instant(milliseconds: Int64(createdAt))
        return Workspace(
            id: .init(rawValue: id),
            organizationID: organization.id,
            name: id,
            slug: slug,
            createdAt: moment,
            updatedAt: moment
        )
    }

    private func withOrganization(_ engine: TestEngine) async throws -> TestDatabase {
        let test = try TestDatabase(engine)
        let organization = organization
        try await test.store.write { try $0.insert(organization) }
        return test
    }

    @Test(arguments: TestEngine.allCases)
    func `writes that come together are all done, and one that fails harms none`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        let organization = organization
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                let workspace = workspace("w\(index)", slug: "w\(index)", createdAt: index)
                let twin = self.workspace("x\(index)", slug: "w\(index)")
                group.addTask {
                    while true {
                        do {
                            try await store.write { transaction in
                                try transaction.insert(workspace)
                                // Every fifth repeats a slug after its first insert: both inserts must vanish.
                                if index % 5 == 0 { try transaction.insert(twin) }
                            }
                            return true
                        } catch StorageError.unavailable {
                            // Its turn did not come in time, on a busy machine.
                        } catch { return (error as? StorageError) != .duplicate }
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 160)
        try await store.close()
        let reopened = try test.open()
        #expect(try await reopened.read { try $0.workspaces(of: organization.id).total } == 160)
        try await reopened.close()
    }

    @Test(arguments: TestEngine.allCases)
    func `every kind of value comes back as it went in`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        let texts = ["", "plain", "it's ? \"quoted\" $1 \\", "Grüße 👩‍🚀 مرحبا", String(repeating: "x", count: 100_000)]
        let blobs = [
            Data(), Data([0]), Data([0, 1]), Data((0...255).map(UInt8.init)), Data(repeating: 0x5C, count: 70_000),
        ]
        for (index, text) in texts.enumerated() {
            let blob = blobs[index]
            let number = [Int64.min, -1, 0, 1, Int64.max][index]
            let read = try await store.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO apiKey (id, organizationId, name, keyPrefix, hash, createdAt) VALUES (?, 'o', ?, '?', ?, ?)
                    """,
                    "k\(index)",
                    text,
                    blob,
                    number
                )
                return try transaction.first(
                    "SELECT name, hash, createdAt, permissions FROM apiKey WHERE id = ? AND keyPrefix = '?'",
                    "k\(index)"
                ) { (try $0[0] as String, try $0[1] as Data, try $0[2] as Int64, try $0[3] as String?) }
            }
            #expect(read?.0 == text)
            #expect(read?.1 == blob)
            #expect(read?.2 == number)
            #expect(read != nil && read?.3 == nil)
        }
        await #expect(throws: StorageError.corrupt(column: 0)) {
            try await store.read { try $0.first("SELECT name FROM organization") { try $0[0] as JSON } }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `text is compared byte by byte`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        let slugs = ["Z", "a", "B", "a-b", "ab", "é", "_"]
        for slug in slugs {
            let workspace = workspace(slug, slug: slug)
            try await store.write { try $0.insert(workspace) }
        }
        let sorted = try await store.read {
            try $0.all("SELECT slug FROM workspace ORDER BY slug") { try $0[0] as String }
        }
        #expect(sorted == slugs.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    }

    @Test(arguments: TestEngine.allCases)
    func `a row that refers to nothing is told from one that exists already`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        let now = Instant(milliseconds: 0)
        let orphan = Workspace(
            id: .init(rawValue: "w"),
            organizationID: .init(rawValue: "nobody"),
            name: "W",
            slug: "w",
            createdAt: now,
            updatedAt: now
        )
        await #expect(throws: StorageError.dangling) { try await store.write { try $0.insert(orphan) } }
        let organization = organization
        await #expect(throws: StorageError.duplicate) { try await store.write { try $0.insert(organization) } }
        await #expect { try await store.read { try $0.execute("SELEKT") } } throws: { error in
            if case .rejected? = error as? StorageError { true } else { false }
        }
        #expect(try await store.read { try $0.firstOrganization()?.id } == organization.id)
    }

    @Test(arguments: TestEngine.allCases)
    func `a read cannot write`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        await #expect(throws: StorageError.self) { try await store.read { try $0.execute("DELETE FROM organization") } }
        #expect(try await store.read { try $0.firstOrganization()?.id } == organization.id)
        try await store.checkWritable()
    }

    @Test(arguments: TestEngine.allCases)
    func `a schema of a newer version is refused, one of this version is taken as it is`(
        engine: TestEngine
    ) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        #expect(try await store.schemaVersion() == Migrations.steps.count)
        try await store.write { try $0.set(Setting.schemaVersion, to: "999") }
        try await store.close()
        #expect { try test.open() } throws: { error in
            "\(error)"
                == "the database has schema version 999, this program knows \(Migrations.steps.count): start the newer version again"
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a state is consumed by exactly one of many`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
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
            for _ in 0..<16 { group.addTask { try await store.write { try $0.consume(attempt.id, at: now) } } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try await store.read { try $0.authorizationAttempt(stateHash: Data([1]))?.context } == Data())
    }

    @Test(arguments: TestEngine.allCases)
    func `a lease has one owner until it ends, who may renew it`(engine: TestEngine) async throws {
        let test = try await withOrganization(engine)
        let store = test.store
        let start = Instant(milliseconds: 0)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for owner in 0..<8 {
                group.addTask {
                    try await store.write {
                        try $0.takeLease("job", for: "p\(owner)", from: start, until: start + .seconds(60))
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        let take: @Sendable (String, Instant) async throws -> Bool = { owner, now in
            try await store.write { try $0.takeLease("job", for: owner, from: now, until: now + .seconds(60)) }
        }
        #expect(try await take("next", start + .seconds(59)) == false)
        #expect(try await take("next", start + .seconds(60)))
        #expect(try await take("next", start + .seconds(61)))
        #expect(try await take("other", start + .seconds(120)) == false)
    }
}
