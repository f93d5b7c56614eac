import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct TurnViewTests {
    private let directory: TemporaryDirectory
    private let turn = Turn()
    private let engine: SQLiteEngine

    init() throws {
        directory = try TemporaryDirectory()
        engine = try SQLiteEngine(path: directory.path("test.sqlite"), atEndOfTurn: turn.atEnd)
        try engine.alone {
            try Migrations.run(in: $0)
            try $0.set("a", to: "0")
        }
    }

    @Test func `all that is read in a turn is of one moment, and the next turn sees what came`() throws {
        #expect(try read() == "0")
        try writeFromOutside("1")
        #expect(try read() == "0")
        turn.end()
        #expect(try read() == "1")
        turn.end()
    }

    @Test func `a write that has returned is seen in the same turn`() throws {
        for number in 1...3 {
            #expect(try read() != "\(number)")
            try engine.alone { try $0.set("a", to: "\(number)") }
            #expect(try read() == "\(number)")
        }
        #expect(turn.count > 0)
        turn.end()
    }

    @Test func `after a read that fails the next begins anew`() throws {
        #expect(try read() == "0")
        try writeFromOutside("1")
        #expect(throws: StorageError.self) {
            try engine.readHere { try $0.first("SELECT nothing", as: { _ in true }) }
        }
        #expect(try read() == "1")
        turn.end()
        turn.end()
    }

    @Test func `a log that has grown long is copied back and begun anew, whoever reads`() throws {
        let page = String(repeating: "x", count: 4096)
        var longest = 0
        for number in 0..<400 {
            _ = try read()
            try engine.alone { transaction in
                for name in 0..<8 { try transaction.set("long\(name)", to: page + "\(number)") }
            }
            _ = try read()
            turn.end()
            longest = max(longest, engine.load.logBytes ?? 0)
        }
        // Of 3,200 pages; SQLite keeps the file at the length that it once had.
        #expect(longest > 0)
        #expect(longest < 2 * Int(LogWatch.longLog) * 4096)
    }

    @Test func `once its turn is over a view holds nothing back`() throws {
        _ = try read()
        try engine.alone { try $0.set("a", to: "1") }
        _ = try read()
        turn.end()
        let other = try DatabaseQueue(path: directory.path("test.sqlite"))
        _ = try other.inDatabase { try $0.checkpoint(.truncate) }
        #expect(engine.load.logBytes == 0)
    }

    @Test func `commits are counted as long as somebody watches`() throws {
        let writer = try DatabaseQueue(path: directory.path("other.sqlite"))
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE t (a)") }
        var watch: LogWatch? = LogWatch(writer)
        for _ in 0..<3 { try writer.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") } }
        #expect(watch?.commits == 3)
        weak let last = watch
        watch = nil
        #expect(last == nil)
        try writer.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") }
    }

    /// All on one thread, as on that of an event loop.
    private func read() throws -> String? {
        try engine.readHere { try $0.setting("a") }
    }

    private func writeFromOutside(_ value: String) throws {
        let other = try DatabaseQueue(path: directory.path("test.sqlite"))
        try other.write { try $0.execute(sql: "UPDATE setting SET value = ? WHERE name = 'a'", arguments: [value]) }
        try other.close()
    }
}

/// The turn of a loop, which ends when the test says so.
private final class Turn: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    var count: Int { waiting.withLock { $0.count } }

    @Sendable func atEnd(_ body: @escaping @Sendable () -> Void) -> Bool {
        waiting.withLock { $0.append(body) }
        return true
    }

    func end() {
        for body in waiting.withLock({ waiting in
            defer { waiting = [] }; return waiting
        }) { body() }
    }
}
