import CCurl
import Glibc

extension IPAddress {
    /// The address and port of a socket address; nil for any other family.
    static func endpoint(of socketAddress: UnsafePointer<sockaddr>) -> (address: IPAddress, port: UInt16)? {
        let raw = UnsafeRawPointer(socketAddress)
        switch Int32(socketAddress.pointee.sa_family) {
        case AF_INET:
            let v4 = raw.loadUnaligned(as: sockaddr_in.self)
            return (IPAddress(v4: UInt32(bigEndian: v4.sin_addr.s_addr)), UInt16(bigEndian: v4.sin_port))
        case AF_INET6:
            let v6 = raw.loadUnaligned(as: sockaddr_in6.self)
            return (IPAddress(v6: bits(of: v6.sin6_addr)), UInt16(bigEndian: v6.sin6_port))
        default:
            return nil
        }
    }
}
