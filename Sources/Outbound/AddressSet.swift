/// Some blocks of addresses, such as those of an operator's own proxies.
public struct AddressSet: Sendable {
    private let ranges: [AddressRange]

    /// Reads `CIDR,…`; throws `InvalidAddressSet` that names the bad entry.
    public init(_ text: String) throws(InvalidAddressSet) {
        var ranges: [AddressRange] = []
        for part in text.split(separator: ",") {
            let entry = part.filter { !$0.isWhitespace }
            guard let range = AddressRange(entry) else { throw InvalidAddressSet(entry: entry) }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    /// Whether the text is an address of the set.
    public func contains(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return ranges.contains { $0.contains(address) }
    }
}

/// What is no block of addresses.
public struct InvalidAddressSet: Error, Sendable, CustomStringConvertible {
    public let entry: String

    public var description: String { "\(entry) is no address range such as 10.0.0.0/8" }
}
