import Foundation
import Storage

/// Finds the encryption keys: in the setting, in the file that a setting names, in the key file beside the SQLite file,
/// else makes that one.
enum EncryptionKeys {
    /// Throws `KeyRingError`, or `Failure` where a database is there and its key file is not.
    static func load(_ settings: Settings, announce: (String) -> Void) throws -> KeyRing {
        if let text = settings.encryptionKeys { return try KeyRing(text: text) }
        if let path = settings.encryptionKeysFile { return try KeyRing(text: try read(path, forbidden: 0o007)) }
        guard case .sqlite(let database) = settings.database else {
            throw Failure.configuration(
                "PORTAL_ENCRYPTION_KEYS or PORTAL_ENCRYPTION_KEYS_FILE must be set with PostgreSQL, the same for every process, such as k1: and what `openssl rand -base64 32` prints"
            )
        }
        let path = database + ".keys"
        if FileManager.default.fileExists(atPath: path) { return try KeyRing(text: try read(path)) }
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

    /// Puts a new key in front of those in the key file, whichever it is, in one step.
    ///
    /// Throws `Failure` where the keys are not in a file.
    static func add(_ settings: Settings) throws -> (id: String, path: String) {
        guard settings.encryptionKeys == nil, let path = settings.encryptionKeysFile ?? settings.ownKeysFile else {
            throw Failure.configuration(
                "the keys are in PORTAL_ENCRYPTION_KEYS: put a new one in front of them there, such as k2: and what `openssl rand -base64 32` prints"
            )
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure.configuration("there is no key file \(path) yet: the first start makes it")
        }
        let old = try read(path, forbidden: settings.encryptionKeysFile == nil ? 0o077 : 0o007)
        let known = try KeyRing(text: old).ids
        let id = (2...).lazy.map { "k\($0)" }.first { !known.contains($0) } ?? "k2"
        let key = KeyRing.newText().split(separator: ":", maxSplits: 1).last ?? ""
        try write("\(id):\(key),\(old)\n", to: path + ".new")
        guard rename(path + ".new", path) == 0 else { throw Failure.failed("the key file \(path) cannot be written") }
        return (id, path)
    }

    /// What is in a key file; throws `Failure` where others have one of the permissions that nobody else may have.
    ///
    /// A file that the operator names may be readable for a group, as those of systemd and of containers are.
    private static func read(_ path: String, forbidden: Int = 0o077) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure.configuration("the key file \(path) cannot be read")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue, mode & forbidden == 0 else {
            throw Failure.configuration("the key file \(path) can be read by others: chmod 600 it")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
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

extension Settings {
    /// Nothing with PostgreSQL, whose processes are on many machines.
    fileprivate var ownKeysFile: String? {
        guard case .sqlite(let path) = database else { return nil }
        return path + ".keys"
    }
}
