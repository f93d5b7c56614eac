import Foundation
import Storage

/// Finds the encryption keys: in the setting, else in the key file beside the SQLite file, else makes that file.
enum EncryptionKeys {
    /// Throws `KeyRingError`, or `Failure` where a database is there and its key file is not.
    static func load(_ settings: Settings, announce: (String) -> Void) throws -> KeyRing {
        if let text = settings.encryptionKeys { return try KeyRing(text: text) }
        guard case .sqlite(let database) = settings.database else {
            throw Failure.configuration(
                "PORTAL_ENCRYPTION_KEYS must be set with PostgreSQL, the same for every process, such as k1: and what `openssl rand -base64 32` prints"
            )
        }
        let path = database + ".keys"
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            try refuseWideOpen(path)
            return try KeyRing(text: text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        guard !FileManager.default.fileExists(atPath: database) else {
            throw Failure.configuration(
                "the key file \(path) is missing, and the database cannot be read without it: put it back or set PORTAL_ENCRYPTION_KEYS"
            )
        }
        let text = KeyRing.newText()
        try write(text + "\n", to: path)
        announce("made a new encryption key in \(path): keep a copy apart from the database")
        return try KeyRing(text: text)
    }

    /// Puts a new key in front of those in the key file, in one step.
    ///
    /// Throws `Failure` where the keys are not in a file.
    static func add(_ settings: Settings) throws -> (id: String, path: String) {
        guard settings.encryptionKeys == nil, case .sqlite(let database) = settings.database else {
            throw Failure.configuration(
                "the keys are in PORTAL_ENCRYPTION_KEYS: put a new one in front of them there, such as k2: and what `openssl rand -base64 32` prints"
            )
        }
        let path = database + ".keys"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure.configuration("there is no key file \(path) yet: the first start makes it")
        }
        try refuseWideOpen(path)
        let old = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let known = try KeyRing(text: old).ids
        let id = (2...).lazy.map { "k\($0)" }.first { !known.contains($0) } ?? "k2"
        let key = KeyRing.newText().split(separator: ":", maxSplits: 1).last ?? ""
        try write("\(id):\(key),\(old)\n", to: path + ".new")
        guard rename(path + ".new", path) == 0 else { throw Failure.failed("the key file \(path) cannot be written") }
        return (id, path)
    }

    private static func refuseWideOpen(_ path: String) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 == 0 else {
            throw Failure.configuration("the key file \(path) can be read by others: chmod 600 it")
        }
    }

    private static func write(_ text: String, to path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(
            at: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let isWritten = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten else { throw Failure.failed("the key file \(path) cannot be written") }
    }
}
