public import Storage
public import Foundation

/// The engine that a test runs on.
public enum TestEngine: String, CaseIterable, Sendable {
    case sqlite
    case postgresql

    /// What `TEST_ENGINE` names, for tests that are not told.
    public static let standard =
        ProcessInfo.processInfo.environment["TEST_ENGINE"].flatMap(TestEngine.init) ?? .sqlite
}

/// An empty database of a test's own, which goes with it.
public final class TestDatabase: Sendable {
    public let location: DatabaseLocation
    public let store: Database
    private let directory: TemporaryDirectory

    public init(
        _ engine: TestEngine = .standard,
        connections: Int = 10,
        observe: @escaping @Sendable (Commit) -> Void = { _ in }
    ) throws {
        directory = try TemporaryDirectory()
        location =
            switch engine {
            case .sqlite: .sqlite(path: directory.path("portal.sqlite"))
            case .postgresql: try PostgresServer.newDatabaseWithTables()
            }
        store = try Database(location, connections: connections, observe: observe)
    }

    /// Opens it once more.
    public func open() throws -> Database { try Database(location) }

    /// All bytes that are kept, to search for what must not be there.
    public func contents() async throws -> Data {
        guard case .postgres = location else { return try directory.contents() }
        return try await store.read { transaction in
            let columns = try transaction.all(
                """
                SELECT table_name, column_name, data_type FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')
                """
            ) { row in (table: try row[0] as String, name: try row[1] as String, type: try row[2] as String) }
            return try columns.reduce(into: Data()) { data, column in
                let sql = "SELECT \(column.name) FROM \(column.table) WHERE \(column.name) IS NOT NULL"
                for value in try transaction.all(
                    sql,
                    as: { row in column.type == "bytea" ? try row[0] as Data : Data((try row[0] as String).utf8) }
                ) { data += value }
            }
        }
    }
}
