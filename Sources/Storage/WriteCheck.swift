internal import Synchronization

/// Whether writes reach the disk, found out by a write at most once a second, however many ask.
///
/// After one that failed each who asks finds out anew.
final class WriteCheck: Sendable {
    private let goodUntil = Mutex<ContinuousClock.Instant?>(nil)

    func run(_ write: () async throws -> Void) async throws {
        let mustWrite = goodUntil.withLock { goodUntil in
            guard let known = goodUntil else { return true }
            let now = ContinuousClock.now
            guard known <= now else { return false }
            // Whoever asks while this one writes hears how it was a moment ago.
            goodUntil = now + .seconds(1)
            return true
        }
        guard mustWrite else { return }
        do { try await write() } catch {
            fail()
            throw error
        }
        goodUntil.withLock { $0 = .now + .seconds(1) }
    }

    /// Some other write has failed.
    func fail() { goodUntil.withLock { $0 = nil } }
}
