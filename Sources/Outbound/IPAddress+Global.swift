extension IPAddress {
    /// Whether the address is an ordinary public one, outside the IANA special-purpose registries (RFC 6890).
    var isGlobal: Bool {
        switch family {
        case .v4:
            return !Self.specialV4.contains { $0.contains(self) }
        case .v6:
            if let embedded { return embedded.isGlobal }
            return Self.globalUnicast.contains(self) && !Self.specialV6.contains { $0.contains(self) }
        }
    }

    /// The IPv4 host behind a translated address: NAT64 (RFC 6052 §2.1) or 6to4 (RFC 3056 §2).
    private var embedded: IPAddress? {
        if Self.nat64.contains(self) { return IPAddress(v4: UInt32(truncatingIfNeeded: bits)) }
        if Self.sixToFour.contains(self) { return IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 80)) }
        return nil
    }

    private static let nat64 = AddressRange.v6(0x64, 0xff9b, prefix: 96)
    private static let sixToFour = AddressRange.v6(0x2002, prefix: 16)
    private static let globalUnicast = AddressRange.v6(0x2000, prefix: 3)

    private static let specialV4: [AddressRange] = [
        .v4(0, 0, 0, 0, prefix: 8),  // this network
        .v4(10, 0, 0, 0, prefix: 8),  // private
        .v4(100, 64, 0, 0, prefix: 10),  // carrier-grade NAT
        .v4(127, 0, 0, 0, prefix: 8),  // loopback
        .v4(169, 254, 0, 0, prefix: 16),  // link-local, cloud metadata
        .v4(172, 16, 0, 0, prefix: 12),  // private
        .v4(192, 0, 0, 0, prefix: 24),  // protocol assignments
        .v4(192, 0, 2, 0, prefix: 24),  // documentation
        .v4(192, 31, 196, 0, prefix: 24),  // AS112
        .v4(192, 52, 193, 0, prefix: 24),  // multicast tunnelling
        .v4(192, 88, 99, 0, prefix: 24),  // 6to4 relays
        .v4(192, 168, 0, 0, prefix: 16),  // private
        .v4(192, 175, 48, 0, prefix: 24),  // AS112
        .v4(198, 18, 0, 0, prefix: 15),  // benchmarks
        .v4(198, 51, 100, 0, prefix: 24),  // documentation
        .v4(203, 0, 113, 0, prefix: 24),  // documentation
        .v4(224, 0, 0, 0, prefix: 4),  // multicast
        .v4(240, 0, 0, 0, prefix: 4),  // reserved, broadcast
    ]

    /// What lies inside `globalUnicast`; everything outside is refused as a whole.
    private static let specialV6: [AddressRange] = [
        .v6(0x2001, prefix: 23),  // protocol assignments, Teredo, ORCHID
        .v6(0x2001, 0x0db8, prefix: 32),  // documentation
        .v6(0x2620, 0x004f, 0x8000, prefix: 48),  // AS112
        .v6(0x3fff, prefix: 20),  // documentation
    ]
}
