internal import Foundation

/// Two transactions were in each other's way, and this one gave way: it may be tried again.
struct PostgresConflict: Error {}

extension PostgresConnection {
    /// Our error for a condition of the server's (PostgreSQL manual, appendix A).
    static func error(code: String, message: String) -> any Error {
        switch code {
        case "23505": StorageError.duplicate
        case "23503": StorageError.dangling
        case "40001", "40P01": PostgresConflict()
        default:
            isPassing(code) ? StorageError.unavailable(oneLine(message)) : StorageError.rejected(code: code)
        }
    }

    /// Whether it can work later, or on another connection.
    ///
    /// The connection, the password, a lack of resources, a lock, a timeout or a shutdown, the system; a standby that
    /// does not write, and a prepared statement that the server no longer takes. No code at all comes from libpq, when
    /// the connection is gone.
    private static func isPassing(_ code: String) -> Bool {
        ["", "0A000", "25006", "26000"].contains(code) || ["08", "28", "53", "55", "57", "58"].contains(code.prefix(2))
    }

    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(
            separator: " "
        )
    }
}
