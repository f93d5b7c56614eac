import Foundation
@testable import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct ActivityTests {
    private static let key = ActivityKey(Data(repeating: 7, count: 32))
    private static let organization = Organization.ID(rawValue: "00000000-0000-7000-8000-000000000001")
    private static let identifiers = IdentifierSequence()

    private static func entry(_ index: Int, of organization: Organization.ID = organization) -> Activity {
        let at = Instant(milliseconds: Int64(index) * 1000)
        return Activity(
            id: identifiers.next(at: at, random: Array(repeating: 1, count: 8)),
            at: at,
            organizationID: organization,
            workspaceID: nil,
            type: index.isMultiple(of: 2) ? "even.done" : "odd.done",
            status: .success,
            actor: .init(type: "api_key", id: "key"),
            object: index == 3 ? nil : .init(type: "thing", id: "\(index)"),
            requestID: "request-\(index)",
            address: nil,
            detail: ["index": .integer(Int64(index))]
        )
    }

    /// Entries 1…n, all in one chain.
    private func filled(_ engine: TestEngine, _ count: Int = 10) async throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try await database.store.write { transaction in
            for index in 1...count { try transaction.append(Self.entry(index), Self.key) }
        }
        return database
    }

    private func proof(_ database: TestDatabase, noting head: ActivityHead? = nil) async throws -> Int {
        try await database.store.read { transaction in
            var count = 0
            for end in try transaction.activityHeads() {
                var proof = ActivityProof(chain: end.chain)
                while try proof.proceed(in: transaction, Self.key, limit: 3) {}
                try proof.check(end, in: transaction)
                if let head { try proof.check(head, in: transaction) }
                count += proof.count
            }
            return count
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `rows can neither be changed nor removed`(engine: TestEngine) async throws {
        let database = try await filled(engine)
        for statement in ["UPDATE activity SET type = 'x' WHERE seq = 3", "DELETE FROM activity WHERE seq = 3"] {
            await #expect(throws: StorageError.self) { try await database.store.write { try $0.execute(statement) } }
        }
        #expect(try await proof(database) == 10)
    }

    /// What somebody who has the file, but not the key, could do.
    @Test(arguments: [
        ("UPDATE activity SET actorId = 'somebody' WHERE seq = 4", 4, ActivityFault.Kind.altered),
        ("UPDATE activity SET detail = '{\"index\":5}' WHERE seq = 4", 4, .altered),
        ("UPDATE activity SET actorType = 'api_keyk', actorId = 'ey' WHERE seq = 4", 4, .altered),
        ("UPDATE activity SET objectType = '', objectId = '' WHERE seq = 3", 3, .altered),
        ("UPDATE activity SET mac = (SELECT mac FROM activity WHERE seq = 5) WHERE seq = 4", 4, .altered),
        ("DELETE FROM activity WHERE seq = 4", 4, .missing),
        ("DELETE FROM activity WHERE seq = 1", 1, .missing),
        ("DELETE FROM activity WHERE seq = 10", 10, .missing),
        ("DELETE FROM activity", 1, .missing),
        ("DELETE FROM activity WHERE seq < 4; UPDATE activityChain SET prunedSeq = 3", 3, .altered),
        (
            """
            UPDATE activityChain SET prunedSeq = 3, prunedMac = (SELECT mac FROM activity WHERE seq = 3);
            DELETE FROM activity WHERE seq < 4
            """, 3, .altered
        ),
        (
            "UPDATE activity SET seq = 40 WHERE seq = 4; UPDATE activity SET seq = 4 WHERE seq = 5;"
                + "UPDATE activity SET seq = 5 WHERE seq = 40", 4, .altered
        ),
    ])
    func `what was done to the file is found`(statement: String, seq: Int, kind: ActivityFault.Kind) async throws {
        let database = try await filled(.sqlite)
        try await database.store.write { transaction in
            for trigger in ["activityIsNotChanged", "activityIsKept"] {
                try transaction.connection.define("DROP TRIGGER \(trigger)")
            }
            try transaction.connection.define(statement)
        }
        await #expect(throws: ActivityFault(chain: 0, seq: seq, kind)) { try await proof(database) }
    }

    @Test func `that the newest entries are gone shows against a head noted before`() async throws {
        let database = try await filled(.sqlite)
        let heads = try await database.store.read { try $0.activityHeads() }
        let noted = try #require(heads.first)
        #expect(try await proof(database, noting: noted) == 10)
        try await database.store.write { transaction in
            try transaction.connection.define("DROP TRIGGER activityIsKept")
            try transaction.connection.define(
                """
                DELETE FROM activity WHERE seq > 8;
                UPDATE activityChain SET seq = 8, mac = (SELECT mac FROM activity WHERE seq = 8)
                """
            )
        }
        #expect(try await proof(database) == 8)
        await #expect(throws: ActivityFault(chain: 0, seq: 9, .missing)) { try await proof(database, noting: noted) }
        // Others in their place do not help.
        try await database.store.write { transaction in
            for index in 11...13 { try transaction.append(Self.entry(index), Self.key) }
        }
        await #expect(throws: ActivityFault(chain: 0, seq: 10, .altered)) { try await proof(database, noting: noted) }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is old goes, and the rest stays provable`(engine: TestEngine) async throws {
        let database = try await filled(engine)
        let heads = try await database.store.read { try $0.activityHeads() }
        let chain = try #require(heads.first?.chain)
        let moment = Instant(milliseconds: 7000)
        let counts = try await database.store.write { transaction in
            try (0..<3).map { _ in try transaction.pruneActivity(in: chain, before: moment, limit: 4, Self.key) }
        }
        #expect(counts == [4, 2, 0])
        #expect(try await proof(database, noting: heads.first) == 4)
        await #expect(throws: StorageError.self) {
            try await database.store.write { try $0.execute("DELETE FROM activity WHERE seq = 7") }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `transactions at the same moment make whole chains`(engine: TestEngine) async throws {
        let database = try TestDatabase(engine)
        let other = engine == .postgresql ? try database.open() : database.store
        try await withThrowingTaskGroup { group in
            for index in 1...16 {
                let store = index.isMultiple(of: 2) ? database.store : other
                group.addTask { try await store.write { try $0.append(Self.entry(index), Self.key) } }
            }
            try await group.waitForAll()
        }
        #expect(try await proof(database) == 16)
    }

    @Test(arguments: TestEngine.allCases)
    func `an entry of a transaction that fails is not there`(engine: TestEngine) async throws {
        let database = try await filled(engine, 2)
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await database.store.write { transaction in
                try transaction.append(Self.entry(3), Self.key)
                throw Failure()
            }
        }
        #expect(try await proof(database) == 2)
    }

    @Test(arguments: TestEngine.allCases)
    func `the list is newest first, filtered, and goes on where it ended`(engine: TestEngine) async throws {
        let database = try await filled(engine)
        try await database.store.write { transaction in
            let foreign = Organization.ID(rawValue: "00000000-0000-7000-8000-000000000002")
            try transaction.append(Self.entry(11, of: foreign), Self.key)
        }
        func list(_ change: (inout ActivityFilter) -> Void = { _ in }, limit: Int = 100) async throws -> [[String?]] {
            var filter = ActivityFilter()
            change(&filter)
            var pages: [[String?]] = []
            var cursor: Cursor?
            repeat {
                let page = try await database.store.read { [filter, cursor] in
                    try $0.activity(of: Self.organization, filter, limit: limit, after: cursor)
                }
                pages.append(page.entries.map { $0.detail["index"].map(\.text) })
                cursor = page.next
            } while cursor != nil
            return pages
        }
        #expect(try await list() == [(1...10).reversed().map(String.init)])
        #expect(try await list(limit: 4) == [["10", "9", "8", "7"], ["6", "5", "4", "3"], ["2", "1"]])
        #expect(try await list { $0.type = "odd.done" } == [["9", "7", "5", "3", "1"]])
        #expect(try await list { $0.objectID = "4" } == [["4"]])
        #expect(try await list { $0.requestID = "request-3" } == [["3"]])
        #expect(try await list { $0.status = .failure } == [[]])
        #expect(
            try await list {
                $0.actorID = "key"; $0.since = Instant(milliseconds: 9000)
            } == [["10", "9"]]
        )
        #expect(try await list { $0.until = Instant(milliseconds: 2000) } == [["1"]])
        #expect(try await list { $0.workspaces = [] } == [[]])
    }
}
