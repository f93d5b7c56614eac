internal import CPostgres
internal import Foundation

extension PostgresConnection {
    /// Connects with libpq's parameters; the address overrides those that come before it, in its words or by default.
    static func connect(_ address: PostgresAddress) throws -> OpaquePointer {
        let parameters = [
            ("connect_timeout", "5"), ("tcp_user_timeout", "15000"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("fallback_application_name", "connect-portal"),
            ("dbname", address.uri), ("client_encoding", "UTF8"),
        ]
        let keywords = CStrings(parameters.map(\.0))
        let values = CStrings(parameters.map(\.1))
        let expandsTheAddress: Int32 = 1
        guard let handle = PQconnectdbParams(keywords.pointers, values.pointers, expandsTheAddress) else {
            throw StorageError.unavailable("out of memory")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = oneLine(String(cString: PQerrorMessage(handle)))
            PQfinish(handle)
            throw StorageError.unavailable(reason)
        }
        // Notices are for people at a terminal.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        return handle
    }

    /// Bounds what one statement or lock may take, in milliseconds, makes a commit wait for the disk, and lets statements
    /// outside of transactions only read.
    func setUp() throws {
        try command(
            """
            SET statement_timeout = 10000;
            SET lock_timeout = 5000;
            SET idle_in_transaction_session_timeout = 15000;
            SET default_transaction_read_only = on;
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
            """
        )
    }

    /// For work that takes what it takes.
    func waitForever() throws {
        patience = .infinity
        try command("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    }
}

/// A list of C strings that ends with none, as C functions take it.
private final class CStrings {
    let pointers: [UnsafePointer<CChar>?]

    init(_ strings: [String]) { pointers = strings.map { UnsafePointer(strdup($0)) } + [nil] }
    deinit { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
}
