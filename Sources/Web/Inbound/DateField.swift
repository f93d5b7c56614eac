internal import Storage
internal import Synchronization

/// The `Date` of answers (RFC 9110 §6.6.1), written anew each second.
final class DateField: Sendable {
    private let last = Mutex<(second: Int64, text: String)>((.min, ""))

    func text(at now: Instant) -> String {
        last.withLock { last in
            if last.second != now.seconds { last = (now.seconds, now.httpDate) }
            return last.text
        }
    }
}
