internal import Foundation

/// A walk along one chain that finds the first entry which is not as it was written.
public struct ActivityProof: Sendable {
    public let chain: Int
    /// How many entries were found right.
    public private(set) var count = 0
    private var last: ChainPlace?

    public init(chain: Int) { self.chain = chain }

    /// Looks at the next entries; false where there are no more.
    ///
    /// Throws `ActivityFault`.
    public mutating func proceed(in transaction: Transaction, _ key: ActivityKey, limit: Int) throws -> Bool {
        var place = try last ?? beginning(in: transaction, key)
        let entries = try transaction.activity(in: chain, after: place.seq, limit: limit)
        for (seq, entry, code) in entries {
            guard seq == place.seq + 1 else { throw ActivityFault(chain: chain, seq: place.seq + 1, .missing) }
            let expected = key.code(of: entry, at: ChainPlace(chain: chain, seq: seq, previous: place.previous))
            guard expected == code else { throw ActivityFault(chain: chain, seq: seq, .altered) }
            place = ChainPlace(chain: chain, seq: seq, previous: code)
        }
        last = place
        count += entries.count
        return entries.count == limit
    }

    /// Whether an end that was noted is still what the chain comes to, or has grown beyond.
    ///
    /// Throws `ActivityFault` where the chain is shorter, or was another.
    public func check(_ head: ActivityHead, in transaction: Transaction) throws {
        guard let last, last.seq >= head.seq else {
            throw ActivityFault(chain: chain, seq: (last?.seq ?? 0) + 1, .missing)
        }
        if let kept = try transaction.activity(in: chain, after: head.seq - 1, limit: 1).first, kept.seq == head.seq {
            guard kept.code == head.code else { throw ActivityFault(chain: chain, seq: head.seq, .altered) }
            return
        }
        guard let pruned = try transaction.activityBeginning(of: chain)?.place, pruned.seq >= head.seq else {
            throw ActivityFault(missing: head)
        }
    }

    private func beginning(in transaction: Transaction, _ key: ActivityKey) throws -> ChainPlace {
        guard let beginning = try transaction.activityBeginning(of: chain) else {
            throw ActivityFault(chain: chain, seq: 1, .missing)
        }
        guard beginning.place.seq > 0 else { return ChainPlace(chain: chain, seq: 0, previous: Data()) }
        guard beginning.proof == key.code(ofBeginningAt: beginning.place) else {
            throw ActivityFault(chain: chain, seq: beginning.place.seq, .altered)
        }
        return beginning.place
    }
}

/// Where a chain is not as it was written.
public struct ActivityFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let chain: Int
    public let seq: Int
    public let kind: Kind

    public enum Kind: String, Sendable {
        case missing
        case altered
    }

    init(chain: Int, seq: Int, _ kind: Kind) {
        self.chain = chain
        self.seq = seq
        self.kind = kind
    }

    /// That what was noted is not there.
    public init(missing head: ActivityHead) { self.init(chain: head.chain, seq: head.seq, .missing) }

    public var description: String { "entry \(seq) of chain \(chain) is \(kind.rawValue)" }
}
