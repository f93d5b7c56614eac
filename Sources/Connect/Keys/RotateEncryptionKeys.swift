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
    /// Can be cut off at any moment and started again. Returns how many values were sealed anew; at the end throws
    /// `UnreadableValuesError` where some do not open with any key.
    public func rotateEncryptionKeys() async throws -> Int {
        var total = 0
        var unreadable: [String] = []
        var position: SealedPosition? = .start
        while let from = position {
            let (next, changed, damaged) = try await store.write { try $0.sealAnew(sealer, from: from, limit: 200) }
            position = next
            total += changed
            unreadable += damaged
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
        guard unreadable.isEmpty else { throw UnreadableValuesError(values: unreadable, sealed: total) }
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

/// Values that no encryption key opens; all others are sealed anew.
public struct UnreadableValuesError: Error, CustomStringConvertible {
    /// Each as `table.column id`.
    public let values: [String]
    public let sealed: Int

    public var description: String {
        let some = values.prefix(10).joined(separator: ", ") + (values.count > 10 ? ", …" : "")
        return "\(sealed) values sealed anew, and \(values.count) do not open with any key: \(some)"
    }
}
