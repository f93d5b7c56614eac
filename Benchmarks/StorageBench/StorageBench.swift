import Foundation
import Storage
import TestSupport

/// Measures the same reads and writes on both engines, each as durable as in production.
@main
struct StorageBench {
    /// What is done again and again, and how many at the same time.
    struct Case: Sendable {
        let name: String
        let atOnce: Int
        let work: @Sendable (World, Int) async throws -> Void
    }

    static let seconds = 2.0

    static func main() async throws {
        let file = try TestDatabase(.sqlite)
        let sqlite = try await World(file.store, of: file)
        let server = try PostgresServer("--durable")
        let postgres = try await World(try Database(server.newDatabase(), connections: 16), of: server)
        print("a second, \(World.connections) connections stored".padded(54) + "   SQLite  PostgreSQL   ratio")
        for measured in cases {
            let first = try await rate(measured, sqlite)
            let second = try await rate(measured, postgres)
            print(
                "\(measured.name), \(measured.atOnce) at once".padded(54)
                    + String(format: "%9.0f %11.0f %7.2f", first, second, second / first)
            )
        }
    }

    static let cases =
        [1, 16].map { atOnce in
            Case(name: "look up an API key", atOnce: atOnce) { world, _ in
                _ = try await world.store.read { try $0.apiKey(hash: world.keyHash) }
            }
        }
        + [1, 16].map { atOnce in
            Case(name: "look up a connection and its credentials", atOnce: atOnce) { world, index in
                let id = world.ids[index % world.ids.count]
                _ = try await world.store.read { transaction in
                    try transaction.connection(id, of: world.organization.id).map { _ in
                        try transaction.sealedCredentials(id, of: world.organization.id)
                    }
                }
            }
        } + [
            Case(name: "list 50 connections with their total", atOnce: 1) { world, _ in
                _ = try await world.store.read {
                    try $0.connections(of: world.organization.id, .init(), ListPage(limit: 50))
                }
            }
        ]
        + [1, 16, 64].map { atOnce in
            Case(name: "write a connection", atOnce: atOnce) { world, index in
                let draft = world.draft()
                try await world.store.write { try $0.insert(draft, at: Instant(milliseconds: Int64(index))) }
            }
        }

    /// How often a second the work was done.
    static func rate(_ measured: Case, _ world: World) async throws -> Double {
        let start = ContinuousClock.now
        let deadline = start + .seconds(seconds)
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<measured.atOnce {
                group.addTask {
                    var done = 0
                    while ContinuousClock.now < deadline {
                        try await measured.work(world, done &* 7919 &+ worker)
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { padding(toLength: width, withPad: " ", startingAt: 0) }
}
