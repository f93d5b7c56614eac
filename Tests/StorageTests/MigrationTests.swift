import Connect
@testable import Storage
import StrictJSON
import TestSupport
import Testing

@Suite struct MigrationTests {
    /// Undoes the last step by hand, on data of this version.
    @Test(arguments: TestEngine.allCases)
    func `data of the version before is brought up to this one`(engine: TestEngine) async throws {
        let test = try await TestPortal(engine: engine)
        let minted = try await test.portal.mintSession(
            [
                "integrationName": "sandbox", "connectionName": "Notes", "externalId": "a",
                "workspaceId": .string(test.firstStart.workspace.id.rawValue),
            ],
            for: test.key
        )
        let made = try await test.portal.createConnection(
            [
                "type": "PLATFORM_OAUTH2", "integrationName": "google", "externalId": "b", "displayName": "Mail",
                "accessToken": "ya29", "refreshToken": "1//x", "expiresIn": 3600,
            ],
            for: test.key
        )
        let store = test.portal.store
        try store.alone { transaction in
            for statement in [
                "DROP TABLE renewal", "DROP TABLE revocation", "DROP TABLE connectionEvent",
                "DROP INDEX connectionByAccount", "DROP TABLE home", "DROP TABLE activity", "DROP TABLE activityChain",
                "DROP INDEX connectSessionOpenByEndUser", "DROP INDEX connectSessionOpen",
                "DROP INDEX connectSessionByExpiry",
            ] { try transaction.connection.define(statement) }
            if engine == .postgresql { try transaction.connection.define("DROP FUNCTION activityIsKept") }
            try transaction.set(Setting.schemaVersion, to: "5")
        }
        try await store.close()

        let reopened = try test.database.open()
        #expect(try await reopened.schemaVersion() == Migrations.steps.count)
        if case .sqlite(let path) = test.database.location {
            #expect(reopened.copyOfOldSchema == path + ".schema-5")
            let old = try Database(reading: .sqlite(path: path + ".schema-5"))
            #expect(try await old.schemaVersion() == 5)
            try await old.close()
        }
        let session = try #require(try await reopened.read { try $0.connectSession(minted.session.id) })
        #expect(session.externalID == "a")
        let kept = try #require(try await reopened.read { try $0.connection(made.id, of: made.organizationID) })
        #expect(kept.refreshing?.dueAt == made.expiresAt)
        try await reopened.close()
    }
}
