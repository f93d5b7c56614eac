internal import Foundation
internal import Storage
internal import Synchronization

/// The key that authenticates the log, once it was read.
final class KnownActivityKey: Sendable {
    private let known = Mutex<ActivityKey?>(nil)

    func key(orRead read: () throws -> (ActivityKey, isDurable: Bool)) throws -> ActivityKey {
        if let key = known.withLock({ $0 }) { return key }
        let (key, isDurable) = try read()
        if isDurable { known.withLock { $0 = key } }
        return key
    }
}

extension Portal {
    /// One random key for the life of a database, sealed in it; made with the first entry.
    func activityKey(in transaction: Transaction) throws -> ActivityKey {
        try knownActivityKey.key {
            if let key = try storedActivityKey(in: transaction) { return (ActivityKey(key), true) }
            let fresh = Data(random(32))
            let isOurs = try transaction.claim(Setting.activityKey, with: try sealed(activityKey: fresh))
            // Another process made one in this moment; ours may yet be rolled back.
            let key = isOurs ? fresh : try storedActivityKey(in: transaction)
            return (ActivityKey(key ?? fresh), false)
        }
    }

    /// Seals the key anew by the first encryption key.
    func sealActivityKeyAnew(in transaction: Transaction) throws {
        guard let key = try storedActivityKey(in: transaction) else { return }
        try transaction.set(Setting.activityKey, to: try sealed(activityKey: key))
    }

    func storedActivityKey(in transaction: Transaction) throws -> Data? {
        guard let text = try transaction.setting(Setting.activityKey) else { return nil }
        guard let sealed = Data(base64Encoded: text) else { throw SealError.damaged }
        return try sealer.open(sealed, at: Self.activityKeyPlace)
    }

    private func sealed(activityKey: Data) throws -> String {
        try sealer.seal(activityKey, at: Self.activityKeyPlace).base64EncodedString()
    }

    private static let activityKeyPlace = SealedPlace(
        organization: "",
        table: "setting",
        row: Setting.activityKey,
        field: "value"
    )
}
