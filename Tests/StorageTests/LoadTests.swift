import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LoadTests {
    @Test(arguments: TestEngine.allCases)
    func `every commit is told with its writes and time`(engine: TestEngine) async throws {
        let commits = Commits()
        let test = try TestDatabase(engine, observe: commits.note)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try await test.store.write { _ in } } }
            try await group.waitForAll()
        }
        let all = commits.all
        #expect(all.map(\.writes).reduce(0, +) == 20)
        #expect(all.allSatisfy { $0.duration > .zero && $0.duration < .seconds(60) })
    }

    @Test func `SQLite tells the size of its log, and how many wait for the transaction before theirs`() async throws {
        let test = try TestDatabase(.sqlite)
        let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await test.store.write { _ in
                    begun.signal()
                    mayEnd.wait()
                }
            }
            do {
                defer { mayEnd.signal() }
                await wait(for: begun)
                for _ in 0..<3 { group.addTask { try await test.store.checkWritable() } }
                try await eventually { test.store.load.waiting == 3 }
            }
            try await group.waitForAll()
        }
        #expect(test.store.load.waiting == 0)
        #expect(try #require(test.store.load.logBytes) > 0)
        #expect(test.store.load.connectionsInUse == nil)
    }

    @Test func `PostgreSQL tells how many connections are at work, and how many wait for one`() async throws {
        let test = try TestDatabase(.postgresql, connections: 4)
        let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await test.store.read { _ in
                        begun.signal()
                        mayEnd.wait()
                    }
                }
            }
            do {
                defer { for _ in 0..<6 { mayEnd.signal() } }
                for _ in 0..<4 { await wait(for: begun) }
                try await eventually { test.store.load.waiting == 2 }
                #expect(test.store.load.connectionsInUse == 4)
            }
            try await group.waitForAll()
        }
        try await eventually { test.store.load.connectionsInUse == 0 }
        #expect(test.store.load.logBytes == nil)
    }
}

/// Without holding a thread that others need.
private func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread {
            semaphore.wait()
            continuation.resume()
        }
    }
}

private final class Commits: Sendable {
    private let commits = Mutex<[Commit]>([])
    var all: [Commit] { commits.withLock { $0 } }
    @Sendable func note(_ commit: Commit) { commits.withLock { $0.append(commit) } }
}
