import Foundation
@testable import Storage
import Synchronization
import TestSupport
import Testing

/// A number that threads may share.
private final class Count: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func increase() { count.add(1, ordering: .sequentiallyConsistent) }
}

/// What only PostgreSQL has: a server that can be away, other processes, a bounded number of connections.
@Suite struct PostgresTests {
    private func sessions(of store: Database) async throws -> Int {
        try await store.read {
            try $0.first("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()") {
                try $0[0] as Int
            }
                ?? 0
        }
    }

    @Test(arguments: [
        ("postgres://u:p@h:5433/n?sslmode=require", "n at h:5433"),
        ("postgresql://h?sslmode=require", "postgres at h:5432"),
        ("postgres:///n?host=/run/pg&connect_timeout=3", "n at /run/pg:5432"),
    ])
    func `an address is told without the password`(url: String, description: String) throws {
        #expect(try DatabaseLocation(url).description == description)
    }

    @Test(arguments: [
        ("SELECT 1", "SELECT 1"), ("a = ? AND b IN (?, ?)", "a = $1 AND b IN ($2, $3)"),
        ("a = '?' AND b = ?", "a = '?' AND b = $1"), ("a = 'it''s ?' OR ? > 0", "a = 'it''s ?' OR $1 > 0"),
    ])
    func `placeholders are numbered outside of quotes`(sql: String, numbered: String) {
        #expect(PostgresConnection.numbered(sql) == numbered)
    }

    @Test func `many processes that start at once on an empty database make one schema`() async throws {
        let location = try PostgresServer.shared.get().newDatabase()
        let versions = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await Database(location).schemaVersion() }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(versions == [Migrations.steps.count])
    }

    @Test func `connections are bounded, and who waits too long is told`() async throws {
        let store = try Database(PostgresServer.shared.get().newDatabase(), connections: 2)
        let (holding, ended) = (Count(), Count())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    _ = try await store.read { transaction in
                        holding.increase()
                        while ended.value == 0 { usleep(1000) }
                        return 0
                    }
                }
            }
            try await eventually { holding.value == 2 }
            await #expect(throws: StorageError.unavailable("none of 2 connections became free in 5.0 seconds")) {
                try await store.write { try $0.set("touched", to: "yes") }
            }
            ended.increase()
            try await group.waitForAll()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await store.write { try $0.set("touched", to: "yes") } } }
            try await group.waitForAll()
        }
        #expect(try await sessions(of: store) == 2)
    }

    @Test func `connections that the server closed are replaced, unnoticed`() async throws {
        let test = try TestDatabase(.postgresql)
        let (store, other) = (test.store, try test.open())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await store.write { try $0.set("touched", to: "yes") } } }
            try await group.waitForAll()
        }
        for _ in 0..<3 {
            try await Self.endOthers(other)
            try await store.write { try $0.set("touched", to: "yes") }
            try await Self.endOthers(other)
            #expect(try await store.schemaVersion() == Migrations.steps.count)
        }
    }

    @Test func `a transaction whose connection is lost is run again, or leaves nothing`() async throws {
        let test = try TestDatabase(.postgresql)
        let store = test.store
        let runs = Count()
        try await store.write { transaction in
            try transaction.set("a", to: "1")
            runs.increase()
            if runs.value == 1 {
                _ = try? transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            try transaction.set("b", to: "2")
        }
        #expect(runs.value == 2)
        await #expect {
            try await store.write { transaction in
                try transaction.set("c", to: "3")
                _ = try? transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                try transaction.set("d", to: "4")
            }
        } throws: { error in
            if case .unavailable? = error as? StorageError { true } else { false }
        }
        let kept = try await store.read { transaction in
            try ["a", "b", "c", "d"].map { try transaction.setting($0) }
        }
        #expect(kept == ["1", "2", nil, nil])
    }

    @Test func `a failed statement that a body passes over does not count as done`() async throws {
        let test = try TestDatabase(.postgresql)
        let store = test.store
        await #expect(throws: StorageError.self) {
            try await store.write { transaction in
                try transaction.set("a", to: "1")
                _ = try? transaction.execute("SELEKT")
            }
        }
        #expect(try await store.read { try $0.setting("a") } == nil)
    }

    @Test func `transactions that block each other both end well`() async throws {
        let test = try TestDatabase(.postgresql)
        let store = test.store
        try await store.write { transaction in
            try transaction.set("a", to: "0")
            try transaction.set("b", to: "0")
        }
        // Each takes one row and wants the other's: PostgreSQL ends one of them, which runs again.
        let haveFirst = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for names in [["a", "b"], ["b", "a"]] {
                group.addTask {
                    try await store.write { transaction in
                        try transaction.set(names[0], to: names[0])
                        haveFirst.increase()
                        while haveFirst.value < 2 { usleep(1000) }
                        try transaction.set(names[1], to: names[0])
                    }
                }
            }
            try await group.waitForAll()
        }
        let (a, b) = try await store.read { (try $0.setting("a"), try $0.setting("b")) }
        #expect(a == b)
    }

    @Test func `while the server is away it is told, and afterwards all is well`() async throws {
        let server = try PostgresServer()
        let location = try server.newDatabase()
        let store = try Database(location, connections: 3)
        try await store.write { try $0.set("kept", to: "yes") }
        try server.stop()
        for _ in 0..<5 {
            await #expect { try await store.checkWritable() } throws: { error in
                if case .unavailable(let reason)? = error as? StorageError { !reason.isEmpty } else { false }
            }
            await #expect(throws: StorageError.self) { try await store.schemaVersion() }
        }
        #expect { try Database(location) } throws: { error in
            "\(error)".hasPrefix("the database test_") && "\(error)".contains("cannot be used: connection to server")
        }
        try server.start()
        try await store.checkWritable()
        #expect(try await store.read { try $0.setting("kept") } == "yes")
    }

    @Test func `a connection is encrypted, to the server that it is meant for`() async throws {
        let server = try PostgresServer("--tls")
        let url = try server.newDatabaseURL()
        let store = try Database(DatabaseLocation(url))
        let isEncrypted = try await store.read {
            try $0.first("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") { try $0[0] as Int }
        }
        #expect(isEncrypted == 1)
        let wrongs = [
            (url.replacing("localhost", with: "127.0.0.1"), "does not match host name"),
            (url.replacing(/&sslrootcert=.*/, with: "&sslrootcert=system-none.crt"), "root certificate file"),
            (url.replacing(/sslrootcert=.*/, with: "sslcert=none"), "root certificate file"),
        ]
        for (wrong, words) in wrongs {
            #expect { try Database(DatabaseLocation(wrong)) } throws: { error in
                "\(error)".contains(words) && "\(error)".hasPrefix("the database test_")
            }
        }
    }

    @Test func `closing waits for what is under way, and nothing begins after it`() async throws {
        let store = try Database(PostgresServer.shared.get().newDatabase(), connections: 2)
        let (begun, ended) = (Count(), Count())
        async let slow = store.write { transaction in
            begun.increase()
            try transaction.set("slow", to: "done")
            usleep(100_000)
            ended.increase()
        }
        try await eventually { begun.value == 1 }
        try await store.close()
        #expect(ended.value == 1)
        try await slow
        await #expect(throws: StorageError.unavailable("the program is ending")) {
            try await store.write { try $0.set("touched", to: "yes") }
        }
    }

    @Test func `commits wait for the disk even where the server's default does not`() async throws {
        let server = try PostgresServer.shared.get()
        let location = try server.newDatabase()
        guard case .postgres(let address) = location, let name = address.description.split(separator: " ").first else {
            throw StorageError.unavailable("no address")
        }
        try server.execute("ALTER DATABASE \(name) SET synchronous_commit = off")
        let store = try Database(location)
        #expect(try await store.read { try $0.first("SHOW synchronous_commit") { try $0[0] as String } } == "on")
    }

    private static func endOthers(_ store: Database) async throws {
        _ = try await store.read {
            try $0.all(
                """
                SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            ) { _ in 0 }
        }
    }
}
