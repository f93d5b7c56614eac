@testable import Storage
import TestSupport
import Testing

@Suite struct SealedColumnTests {
    /// Bytes that are not sealed: hashes, codes, and pictures for everybody.
    private static let open: Set = [
        "apiKey.hash", "authorizationAttempt.stateHash", "connectSession.browserHash",
        "idempotentAnswer.fingerprint",
        "branding.logo", "activity.mac", "activityChain.mac", "activityChain.prunedMac", "activityChain.prunedSeal",
    ]

    @Test func `no sealed column is forgotten`() async throws {
        let database = try TestDatabase(.sqlite)
        let columns = try await database.store.read { transaction in
            try transaction.all(
                """
                SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND c.type = 'BLOB'
                """
            ) { try $0[0] as String }
        }
        let sealed = SealedColumn.all.map { "\($0.table).\($0.column)" }
        #expect(Set(columns).subtracting(Self.open) == Set(sealed))
    }
}
