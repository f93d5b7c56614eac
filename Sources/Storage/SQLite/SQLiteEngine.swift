internal import Foundation
internal import GRDB
internal import Glibc
internal import Synchronization

/// SQLite in WAL mode: one writing connection, and read-only connections that are used in place.
///
/// One writer, because Debian 12's SQLite 3.40 can corrupt a WAL file that two connections write or checkpoint at the
/// same moment (the WAL-reset bug, fixed in 3.51.3). Reads run on the thread that asks: a lookup by key takes less
/// time than handing it to another thread.
final class SQLiteEngine: Engine {
    let isShared = false
    let disk: DiskFault
    private let commits: GroupCommit
    private let path: String
    private let lock: InstanceLock
    private let writer: DatabaseQueue
    private let idleReaders: IdleReaders
    private let views: TurnViews

    init(
        path: String,
        whenDiskFails tell: @escaping @Sendable (String) -> Void = { _ in },
        observe: @escaping @Sendable (Commit) -> Void = { _ in },
        atEndOfTurn: @escaping TurnViews.AtEnd = { _ in false }
    ) throws {
        self.path = path
        disk = DiskFault(tell: tell)
        try Self.makeDirectory(for: path)
        if let network = FileSystem.network(at: URL(fileURLWithPath: path).deletingLastPathComponent().path) {
            throw DatabaseOpenError(path: path, reason: "it lies on \(network): SQLite needs a disk of this machine")
        }
        lock = try InstanceLock(path: path + ".lock")
        do {
            try Self.makePrivate(path)
            writer = try DatabaseQueue(path: path, configuration: Self.configuration(readonly: false))
        } catch {
            throw DatabaseOpenError(path: path, reason: Self.reason(error))
        }
        commits = GroupCommit(writer: writer, disk: disk, observe: observe)
        let idle = IdleReaders { try DatabaseQueue(path: path, configuration: Self.configuration(readonly: true)) }
        idleReaders = idle
        let log = LogWatch(writer)
        views = TurnViews(log, atEnd: atEndOfTurn, borrow: idle.borrow, giveBack: idle.giveBack)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try readHere(body)
    }

    /// On the thread that asks: nothing is handed over.
    func readHere<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        if let reader = try translatingErrors(views.reader) {
            do { return try Self.read(reader, body) } catch {
                views.end()
                throw error
            }
        }
        let reader = try translatingErrors(idleReaders.borrow)
        defer { idleReaders.giveBack(reader) }
        return try Self.read(reader, body)
    }

    private static func read<Value>(_ reader: DatabaseQueue, _ body: (Transaction) throws -> Value) throws -> Value {
        try reader.unsafeRead { try body(Transaction(connection: SQLiteConnection(database: $0))) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await commits.write(body)
    }

    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try disk.check()
        return try translatingErrors {
            try writer.write { try body(Transaction(connection: SQLiteConnection(database: $0, disk: disk))) }
        }
    }

    /// Copies the log into the file, where `secure_delete` has overwritten what is gone, and cuts it off.
    func forgetDeleted() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            writer.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    with: Result {
                        try self.disk.check()
                        _ = try self.disk.watching { try database.checkpoint(.truncate) }
                    }
                )
            }
        }
    }

    /// The file's number in its file system: a copy has another, and a file that is moved or mounted elsewhere keeps it.
    func place() async throws -> String {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let number = attributes[.systemFileNumber] as? NSNumber else {
            throw StorageError.unavailable("the file has no number")
        }
        return "file \(number)"
    }

    var load: DatabaseLoad {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? NSNumber
        return DatabaseLoad(waiting: commits.waiting, logBytes: log?.intValue)
    }

    func close() async throws {
        try idleReaders.close()
        try writer.close()
        lock.release()
    }

    private static func configuration(readonly: Bool) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        // A view of a turn stays open between reads.
        configuration.allowsUnsafeTransactions = readonly
        configuration.prepareDatabase { database in
            // In memory is what would else be in files of everybody's directory, which may be for reading only.
            try database.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"
            )
            // In KiB: the inner pages of the indexes of a million rows stay in memory.
            guard !readonly else { return try database.execute(sql: "PRAGMA cache_size = -8000") }
            try database.execute(
                sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"
            )
            guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
                throw DatabaseError(message: "synchronous=FULL was not taken")
            }
        }
        return configuration
    }

    /// Makes the file before SQLite does: the log and the shared memory beside it get the mode that it has.
    private static func makePrivate(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
        Glibc.close(descriptor)
        for file in ["", "-wal", "-shm"].map({ path + $0 }) where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    private static func makeDirectory(for path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: directory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw DatabaseOpenError(path: path, reason: "the directory \(directory.path) cannot be made or written")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_CANTOPEN?, .SQLITE_READONLY?, .SQLITE_PERM?: "the file cannot be opened for writing"
        case .SQLITE_NOTADB?, .SQLITE_CORRUPT?: "the file is not a SQLite database, or is damaged"
        case .SQLITE_FULL?, .SQLITE_IOERR?: "the disk is full or failing"
        default: (error as? DatabaseError)?.message ?? "the file cannot be opened"
        }
    }
}

/// Connections for reading that nobody uses; there are never more than threads that read.
private final class IdleReaders: Sendable {
    private let open: @Sendable () throws -> DatabaseQueue
    private let readers = Mutex<[DatabaseQueue]>([])

    init(open: @escaping @Sendable () throws -> DatabaseQueue) { self.open = open }

    @Sendable func borrow() throws -> DatabaseQueue { try readers.withLock { $0.popLast() } ?? open() }

    @Sendable func giveBack(_ reader: DatabaseQueue) { readers.withLock { $0.append(reader) } }

    func close() throws {
        for reader in readers.withLock({ readers in
            defer { readers = [] }; return readers
        }) { try reader.close() }
    }
}

/// Why the store cannot be opened, as one line for the operator.
public struct DatabaseOpenError: Error, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "the database \(path) cannot be used: \(reason)" }
}
