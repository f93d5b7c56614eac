internal import Foundation
internal import GRDB

/// A copy of a SQLite database that is consistent although a server may be at work on it.
public enum SQLiteBackup {
    /// Writes the copy to a new file that only its owner may read; blocks the thread.
    ///
    /// Throws `DatabaseOpenError` for either file; no half-written copy stays behind.
    public static func write(from path: String, to copy: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DatabaseOpenError(path: path, reason: "there is no such file")
        }
        guard !FileManager.default.fileExists(atPath: copy) else {
            throw DatabaseOpenError(path: copy, reason: "the file is there already; a backup never replaces one")
        }
        let part = copy + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw DatabaseOpenError(path: copy, reason: "the file cannot be written")
        }
        do {
            try vacuum(path, into: part)
            try markAsCopy(part)
            try check(part)
            try synchronize(part)
            try FileManager.default.moveItem(atPath: part, toPath: copy)
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw DatabaseOpenError(path: copy, reason: (error as? DatabaseError)?.message ?? "\(error)")
        }
    }

    /// In one read transaction, which keeps nobody from writing; a reader never checkpoints the log.
    private static func vacuum(_ path: String, into part: String) throws {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        let source = try DatabaseQueue(path: path, configuration: configuration)
        try source.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [part]) }
        try source.close()
    }

    /// Whatever file it is restored to, even one with the number of the original (see `Home`).
    private static func markAsCopy(_ part: String) throws {
        let copy = try DatabaseQueue(path: part)
        try copy.write { database in
            if try database.tableExists("home") { try database.execute(sql: "UPDATE home SET place = 'backup'") }
        }
        try copy.close()
    }

    private static func check(_ part: String) throws {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        let copy = try DatabaseQueue(path: part, configuration: configuration)
        let verdict = try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        try copy.close()
        guard verdict == "ok" else { throw DatabaseError(message: "the copy is damaged: \(verdict ?? "unreadable")") }
    }

    private static func synchronize(_ part: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
        try file.synchronize()
        try file.close()
    }
}
