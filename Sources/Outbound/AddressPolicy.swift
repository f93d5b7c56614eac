/// Decides which addresses the portal may connect to.
///
/// It judges the address of each socket, not the name in the URL: a name can resolve differently the second time it
/// is asked for (DNS rebinding), and an address has many spellings.
public struct AddressPolicy: Sendable {
    public let privateTargets: [PrivateTarget]
    /// The ports that public addresses may be called on.
    public let allowedPorts: Set<UInt16>

    public init(privateTargets: [PrivateTarget] = [], allowedPorts: Set<UInt16> = [443]) {
        self.privateTargets = privateTargets
        self.allowedPorts = allowedPorts
    }

    /// Plain http goes to private targets only, so without any it cannot go anywhere.
    func allows(_ scheme: OutboundURL.Scheme) -> Bool {
        scheme == .https || !privateTargets.isEmpty
    }

    func allows(_ address: IPAddress, port: UInt16, scheme: OutboundURL.Scheme) -> Bool {
        if privateTargets.contains(where: { $0.contains(address, port: port) }) { return true }
        return scheme == .https && allowedPorts.contains(port) && address.isGlobal
    }
}
