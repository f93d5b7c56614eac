/// A range of addresses that outbound calls may reach although it is not public, and over plain http.
public struct PrivateTarget: Sendable, Equatable {
    let range: AddressRange
    /// Nil for every port.
    let port: UInt16?

    /// Reads `CIDR[:port]`: `10.1.2.3`, `127.0.0.0/8`, `10.1.2.3/32:8443`, `fd00::/8`, `[::1]`, `[::1]/128:80`.
    public init(_ entry: String) throws(InvalidPrivateTarget) {
        guard let (rangeText, portText) = Self.split(entry), let range = AddressRange(rangeText) else {
            throw InvalidPrivateTarget(entry: entry)
        }
        self.range = range
        guard let portText else {
            port = nil
            return
        }
        guard let port = UInt16(portText), port > 0, portText.allSatisfy(\.isNumber) else {
            throw InvalidPrivateTarget(entry: entry)
        }
        self.port = port
    }

    func contains(_ address: IPAddress, port: UInt16) -> Bool {
        range.contains(address) && (self.port == nil || self.port == port)
    }

    /// Takes the port off; brackets go too, since only they tell an IPv6 address from its port.
    private static func split(_ entry: String) -> (range: String, port: Substring?)? {
        if entry.hasPrefix("["), let close = entry.firstIndex(of: "]") {
            let address = entry[..<close].dropFirst()
            let rest = entry[close...].dropFirst()
            let colon = rest.firstIndex(of: ":")
            let prefix = rest[..<(colon ?? rest.endIndex)]
            guard address.contains(":"), prefix.isEmpty || prefix.hasPrefix("/") else { return nil }
            return (String(address + prefix), colon.map { rest[$0...].dropFirst() })
        }
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), parts[1]) : (entry, nil)
    }
}

/// A private target that nobody could have meant.
public struct InvalidPrivateTarget: Error, Equatable, CustomStringConvertible {
    public let entry: String

    public var description: String {
        "\"\(entry)\" is not a range of addresses: write CIDR[:port], such as 127.0.0.0/8, 10.1.2.3/32:8443 or "
            + "[::1]/128:80, without address bits beyond the prefix"
    }
}
