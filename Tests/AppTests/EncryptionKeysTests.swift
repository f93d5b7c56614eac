@testable import App
import ArgumentParser
import Foundation
import Storage
import Testing

/// Keys in a file that a setting names.
@Suite struct EncryptionKeysTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).keys").path
    private static let key = "k1:\(String(repeating: "A", count: 42))A="

    private func settings(_ more: [String: String] = [:]) async throws -> Settings {
        let own = ["PORTAL_ENCRYPTION_KEYS_FILE": path, "PORTAL_DATABASE_URL": "sqlite:/nowhere/portal.sqlite"]
        return try Settings(try await SettingSource(environment: own.merging(more) { $1 }))
    }

    private func write(_ text: String, mode: Int) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test(arguments: [(0o600, true), (0o400, true), (0o440, true), (0o444, false), (0o606, false), (0o604, false)])
    func `a key file that everybody can read is refused`(mode: Int, isTaken: Bool) async throws {
        try write(Self.key + "\n", mode: mode)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try await settings()
        if isTaken {
            #expect(try EncryptionKeys.load(settings) { _ in }.ids == ["k1"])
        } else {
            let failure = #expect(throws: Failure.self) { try EncryptionKeys.load(settings) { _ in } }
            #expect(failure?.code == ExitCode(78))
            #expect(failure?.message.contains("can be read by others") == true)
        }
    }

    @Test func `a key file that is not there is no new key`() async throws {
        let failure = await #expect(throws: Failure.self) { try EncryptionKeys.load(await settings()) { _ in } }
        #expect(failure?.message == "the key file \(path) cannot be read")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `keys are set in one place`() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await settings(["PORTAL_ENCRYPTION_KEYS": Self.key])
        }
        #expect(failure?.message.contains("PORTAL_ENCRYPTION_KEYS are both set") == true)
    }

    @Test func `a new key goes in front of those in the file`() async throws {
        try write(Self.key, mode: 0o440)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try await settings()
        #expect(try EncryptionKeys.add(settings).path == path)
        #expect(try EncryptionKeys.load(settings) { _ in }.ids == ["k2", "k1"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }
}
