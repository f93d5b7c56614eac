internal import Foundation
internal import Logging
internal import Storage
internal import StrictJSON

/// Which encryption keys there are, and how much each of them seals.
public struct EncryptionKeyUse: Sendable {
    /// In the order of the settings: the first seals.
    public let configured: [String]
    public let counts: [String: Int]
}

extension Portal {
    /// Seals everything anew by the first key, a few rows at a time, beside whatever else goes on.
    ///
    /// Can be cut off at any moment and started again. Returns how many values were sealed anew.
    public func rotateEncryptionKeys() async throws -> Int {
        var total = 0
        var position: SealedPosition? = .start
        while let from = position {
            let (next, changed) = try await store.write { try $0.sealAnew(sealer, from: from, limit: 200) }
            position = next
            total += changed
        }
        let canary = try sealedCanary()
        let detail: JSON.Object = ["key": .string(keys.ids.first ?? ""), "values": .integer(Int64(total))]
        let rotated = entry(.encryptionKeysRotated, by: .operator, on: nil, of: nil, .success, detail)
        try await store.write { transaction in
            try transaction.set(Setting.canary, to: canary)
            try sealActivityKeyAnew(in: transaction)
            try record(rotated, in: transaction)
        }
        log.notice("sealed anew", metadata: ["values": "\(total)", "key": "\(keys.ids.first ?? "")"])
        return total
    }

    public func encryptionKeyUse() async throws -> EncryptionKeyUse {
        var counts: [String: Int] = [:]
        var position: SealedPosition? = .start
        while let from = position {
            let (next, found) = try await store.read { try $0.sealingKeys(from: from, limit: 1000) }
            position = next
            counts.merge(found) { $0 + $1 }
        }
        return EncryptionKeyUse(configured: keys.ids, counts: counts)
    }
}
