import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct DiskFaultTests {
    // SQLite's codes: an error of input or output, and which.
    private static let (atWrite, atFsync) = (10 | 3 << 8, 10 | 4 << 8)
    private static let (atDirectory, atTruncate) = (10 | 5 << 8, 10 | 6 << 8)

    @Test(
        arguments: [
            (atFsync, EIO, true), (atFsync, ENOSPC, true), (atDirectory, EIO, true), (atWrite, EIO, true),
            (atTruncate, EIO, true),
            // No room, or a limit, is over when there is room.
            (atWrite, EFBIG, false), (atWrite, EDQUOT, false), (atTruncate, ENOSPC, false), (13, ENOSPC, false),
            (10 | 1 << 8, EIO, false), (5, 0, false), (19, 0, false),
        ] as [(Int, Int32, Bool)]
    )
    func `what was not written may be lost, unless there is just no room`(code: Int, number: Int32, isFatal: Bool) {
        #expect(DiskFault.isFatal(Int32(code), systemError: number) == isFatal)
    }

    @Test func `after the disk has failed nothing is written, and the operator is told once`() async throws {
        let directory = try TemporaryDirectory()
        let told = Mutex<[String]>([])
        let engine = try SQLiteEngine(path: directory.path("test.sqlite")) { line in told.withLock { $0.append(line) } }
        try engine.alone { try Migrations.run(in: $0) }
        try await engine.write { try $0.set("a", to: "1") }
        for _ in 0..<3 { engine.disk.note(Int32(Self.atFsync), systemError: EIO) }

        for _ in 0..<2 {
            await #expect {
                try await engine.write { try $0.set("a", to: "2") }
            } throws: { error in
                if case .unavailable(let reason)? = error as? StorageError { reason.contains("restart") } else { false }
            }
        }
        await #expect(throws: StorageError.self) { try await engine.forgetDeleted() }
        #expect(throws: StorageError.self) { try engine.alone { try $0.set("a", to: "3") } }
        #expect(try await engine.read { try $0.setting("a") } == "1")
        #expect(told.withLock { $0.count } == 1)
        #expect(told.withLock { $0.first?.contains("start again") } == true)
        try await engine.close()
        #expect(try await Database(.sqlite(path: directory.path("test.sqlite"))).read { try $0.setting("a") } == "1")
    }

    @Test func `a check writes, and many within a second write once`() async throws {
        let check = WriteCheck()
        let writes = Mutex(0)
        func run(_ error: (any Error)? = nil) async throws {
            try await check.run {
                writes.withLock { $0 += 1 }
                if let error { throw error }
            }
        }
        for _ in 0..<100 { try await run() }
        #expect(writes.withLock { $0 } == 1)
        check.fail()
        for _ in 0..<3 { await #expect(throws: StorageError.self) { try await run(StorageError.duplicate) } }
        #expect(writes.withLock { $0 } == 4)
        for _ in 0..<100 { try await run() }
        #expect(writes.withLock { $0 } == 5)
    }

    /// To write what is there already costs SQLite nothing, and proves nothing.
    @Test(arguments: TestEngine.allCases)
    func `a check leaves its mark, and finds out anew after a write that failed`(engine: TestEngine) async throws {
        let database = try TestDatabase(engine)
        let store = database.store
        func mark() async throws -> String? { try await store.read { try $0.setting(Setting.writeCheck) } }
        try await store.checkWritable()
        let first = try #require(try await mark())
        await #expect(throws: StorageError.self) {
            try await store.write { _ in throw StorageError.unavailable("full") }
        }
        try await store.checkWritable()
        #expect(try await mark() != first)
        try await store.close()
    }
}
