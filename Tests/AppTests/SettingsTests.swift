@testable import App
import ArgumentParser
import Connect
import Foundation
import OAuth
import Storage
import Testing

@Suite struct SettingsTests {
    @Test(arguments: [
        ("PORTAL_PORT", "0", "from 1 to 65535"),
        ("PORTAL_PORT", "eighty", "whole number"),
        ("PORTAL_PUBLIC_URL", "http://connect.example.com", "https"),
        ("PORTAL_PUBLIC_URL", "https://connect.example.com/path", "without a path"),
        ("PORTAL_DATABASE_URL", "mysql://x", "sqlite:"),
        ("PORTAL_DATABASE_URL", "postgres://h/n?sslmod=require", "invalid URI query parameter: \"sslmod\""),
        ("PORTAL_DATABASE_URL", "postgres://h/n", "must say how the connection is protected"),
        (
            "PORTAL_DATABASE_URL", "postgres:///n?host=localhost,db.example.com",
            "must say how the connection is protected"
        ),
        ("PORTAL_DATABASE_URL", "postgres://user:pass%zzword@h/n", "is not a connection URI"),
        ("PORTAL_DATABASE_URL", "postgres://user:pass@word@h/n", "is not a connection URI"),
        ("PORTAL_DATABASE_POOL", "0", "from 1 to 1000"),
        ("PORTAL_PRIVATE_TARGETS", "10.0.0.0/99", "10.0.0.0/99"),
        ("PORTAL_CA_FILE", "/nowhere.pem", "certificates in PEM"),
        ("PORTAL_CA_FILE", "/etc/hostname", "certificates in PEM"),
        ("PORTAL_SMTP_URL", "http://user:hunter2@mail.example.com", "smtp://USER:PASSWORD@HOST:PORT"),
        ("PORTAL_SMTP_URL", "smtp://user:hunter2@mail.example.com/path", "percent-encoded"),
        ("PORTAL_MAIL_FROM", "Acme Notes", "one address in ASCII"),
        ("PORTAL_MAIL_FROM", "ada@acme.example, eve@acme.example", "one address in ASCII"),
        ("PORTAL_TEMPLATES_DIR", "/nowhere", "not a directory"),
        ("PORTAL_LOG_LEVEL", "loud", "one of trace"),
        ("PORTAL_LOG_FORMAT", "xml", "text, json"),
        ("PORTAL_METRICS_ADDRESS", "9464", "HOST:PORT"),
        ("PORTAL_METRICS_ADDRESS", ":9464", "HOST:PORT"),
        ("PORTAL_METRICS_ADDRESS", "localhost:0", "HOST:PORT"),
        ("PORTAL_METRICS_ADDRESS", "localhost:65536", "HOST:PORT"),
        ("PORTAL_METRICS_ADDRESS", "::1:9464", "HOST:PORT"),
        ("PORTAL_METRICS_ADDRESS", "http://localhost:9464", "HOST:PORT"),
        ("PORTAL_DEBUGGING", "true", "one of no, yes"),
        ("PORTAL_CONFIG", "/nowhere/portal.env", "cannot be read"),
        ("PORTAL_PROT", "8080", "no setting"),
    ])
    func `a bad setting is named, with exit code 78`(name: String, value: String, words: String) async throws {
        let failure = await #expect(throws: Failure.self) {
            try Settings(try await SettingSource(environment: Self.goodMail.merging([name: value]) { $1 }))
        }
        #expect(failure?.message.contains("hunter2") == false)
        #expect(failure?.message.contains(name) == true)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        #expect(failure?.code == ExitCode(78))
    }

    @Test(arguments: [
        ("127.0.0.1:9464", "127.0.0.1", 9464), ("localhost:1", "localhost", 1), ("[::1]:65535", "::1", 65535),
    ])
    func `an address to listen on has a host and a port`(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    private static let goodMail = [
        "PORTAL_SMTP_URL": "smtp://user:secret@mail.example.com",
        "PORTAL_MAIL_FROM": "Acme Notes <connect@acme.example>",
    ]

    @Test func `a mail server needs a sender, a sender a mail server`() async throws {
        let settings = try Settings(try await SettingSource(environment: Self.goodMail))
        #expect(settings.mail?.sender.name == "Acme Notes")
        #expect(settings.mail?.sender.address == "connect@acme.example")
        #expect(try Settings(try await SettingSource(environment: [:])).mail == nil)
        for (name, value) in Self.goodMail {
            let failure = await #expect(throws: Failure.self) {
                try Settings(try await SettingSource(environment: [name: value]))
            }
            #expect(failure?.code == ExitCode(78))
            for name in Self.goodMail.keys { #expect(failure?.message.contains(name) == true) }
            #expect(failure?.message.contains("secret") == false)
        }
    }

    @Test func `the environment wins over the file, the file over the defaults`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).env")
        try "PORTAL_PORT=9001\nPORTAL_APP_NAME=From file\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = try Settings(
            try await SettingSource(environment: ["PORTAL_CONFIG": file.path, "PORTAL_APP_NAME": "From environment"])
        )
        #expect(settings.port == 9001)
        #expect(settings.appName == "From environment")
        #expect(settings.publicURL.text == "http://localhost:9001")
        #expect(settings.database == .sqlite(path: "data/portal.sqlite"))
    }

    @Test func `what is needed before there are settings is not read from a file`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).env")
        try "PORTAL_PORT=9001\n PORTAL_DEBUGGING = yes\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let failure = await #expect(throws: Failure.self) {
            try await SettingSource(environment: ["PORTAL_CONFIG": file.path])
        }
        #expect(failure?.message == "PORTAL_DEBUGGING is read from the environment alone")
    }

    @Test func `every setting is in the README`() throws {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: package.appendingPathComponent("README.md"), encoding: .utf8)
        for name in SettingName.allCases { #expect(readme.contains("`\(name.rawValue)`"), "\(name.rawValue)") }
    }
}
