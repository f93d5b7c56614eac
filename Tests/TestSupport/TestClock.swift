public import Storage
internal import Synchronization

/// A clock that stands still until it is moved.
public final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    /// Starts at 2026-01-15T10:30:00.000Z.
    public init() { milliseconds = Mutex(1_768_473_000_000) }

    public var now: Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }

    public func advance(by duration: Duration) {
        milliseconds.withLock { $0 = (Instant(milliseconds: $0) + duration).milliseconds }
    }
}
