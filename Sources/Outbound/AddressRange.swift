/// A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
struct AddressRange: Sendable, Equatable {
    private let base: IPAddress
    private let prefixLength: Int

    /// Reads `address/length`, or an address alone.
    ///
    /// Address bits beyond the prefix are refused: either they or the length must be a typing error.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, let base = IPAddress(address) else { return nil }
        self.base = base
        guard parts.count == 2 else {
            prefixLength = base.family.bitWidth
            return
        }
        // Int alone would also read "+8".
        guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]) else { return nil }
        let suffixLength = base.family.bitWidth - length
        guard suffixLength >= 0, (base.bits >> suffixLength) << suffixLength == base.bits else { return nil }
        prefixLength = length
    }

    func contains(_ address: IPAddress) -> Bool {
        guard address.family == base.family else { return false }
        return (address.bits ^ base.bits) >> (base.family.bitWidth - prefixLength) == 0
    }
}

extension AddressRange {
    private init(base: IPAddress, prefixLength: Int) {
        self.base = base
        self.prefixLength = prefixLength
    }

    static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, prefix: Int) -> AddressRange {
        let bits = [a, b, c, d].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return AddressRange(base: IPAddress(v4: bits), prefixLength: prefix)
    }

    /// The groups are the leading ones, the rest is zero.
    static func v6(_ groups: UInt16..., prefix: Int) -> AddressRange {
        let bits = groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) } << (16 * (8 - groups.count))
        return AddressRange(base: IPAddress(v6: bits), prefixLength: prefix)
    }
}
