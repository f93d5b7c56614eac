internal import CPostgres
internal import GRDBSQLite

/// The databases' libraries, as they are loaded.
public enum StorageLibraries {
    public static var sqlite: String { String(cString: sqlite3_libversion()) }

    /// Since version 10 the number is the major one and four digits of the minor one.
    public static var libpq: String { "\(PQlibVersion() / 10000).\(PQlibVersion() % 10000)" }
}
