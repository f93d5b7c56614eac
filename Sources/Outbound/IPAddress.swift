import Glibc

/// An IPv4 or IPv6 address as a number.
///
/// An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) *is* the IPv4 address: the kernel connects to the same host.
struct IPAddress: Hashable, Sendable {
    enum Family: Int, Sendable {
        case v4 = 32
        case v6 = 128

        var bitWidth: Int { rawValue }
    }

    let family: Family
    let bits: UInt128

    init(v4 bits: UInt32) {
        family = .v4
        self.bits = UInt128(bits)
    }

    init(v6 bits: UInt128) {
        let isMapped = bits >> 32 == 0xFFFF
        family = isMapped ? .v4 : .v6
        self.bits = isMapped ? bits & 0xFFFF_FFFF : bits
    }

    /// RFC 1122 §3.2.1.3, RFC 4291 §2.5.3.
    var isLoopback: Bool { family == .v4 ? bits >> 24 == 127 : bits == 1 }

    /// Reads `inet_pton`'s spellings only: no octal, hexadecimal or shortened IPv4.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6: Self.bits(of: v6))
        } else {
            return nil
        }
    }

    static func bits(of address: in6_addr) -> UInt128 {
        withUnsafeBytes(of: address) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
    }
}

extension IPAddress: CustomStringConvertible {
    var description: String {
        let bytes = (0..<family.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let code = inet_ntop(family == .v4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return code.map { String(cString: $0) } ?? ""
    }
}
