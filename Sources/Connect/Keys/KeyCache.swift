internal import Foundation
internal import Storage
internal import Synchronization

/// The API keys in use, by hash; exact, because whoever removes a key empties the cache before the answer leaves.
final class KeyCache: Sendable {
    private struct State {
        var generation = 0
        var keys: [Data: APIKey] = [:]
    }

    private let state = Mutex(State())
    private static let limit = 10000

    /// The key, from memory or from the store.
    ///
    /// What was read is kept only if no key was removed meanwhile: it could be that one.
    func key(_ hash: Data, orRead read: () async throws -> APIKey?) async throws -> APIKey? {
        let (cached, generation) = state.withLock { ($0.keys[hash], $0.generation) }
        if let cached { return cached }
        guard let key = try await read() else { return nil }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.keys.count >= Self.limit { state.keys = [:] }
            state.keys[hash] = key
        }
        return key
    }

    /// Puts a changed key in the place of the old.
    func update(_ key: APIKey, hash: Data) {
        state.withLock { state in
            if state.keys[hash]?.id == key.id { state.keys[hash] = key }
        }
    }

    /// Forgets all keys; called after a removal is durable and before it is answered.
    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.keys = [:]
        }
    }
}
