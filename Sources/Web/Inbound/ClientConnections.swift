internal import NIOCore
internal import Synchronization

/// How many connections each address has, so that none takes all that there are.
public final class ClientConnections: Sendable {
    private let limit: Int
    private let isExempt: @Sendable (String) -> Bool
    private let counts = Mutex<[String: Int]>([:])

    /// Proxies of ours, for instance, are exempt: behind them is everybody.
    public init(perAddress limit: Int, isExempt: @escaping @Sendable (String) -> Bool = { _ in false }) {
        self.limit = limit
        self.isExempt = isExempt
    }

    /// Counts one more of the address; nothing where it has too many already.
    func admit(_ address: String) -> Place? {
        guard !isExempt(address) else { return Place(name: nil) }
        let name = ClientAddress.name(of: address)
        return counts.withLock { counts in
            let count = counts[name] ?? 0
            guard count < limit else { return nil }
            counts[name] = count + 1
            return Place(name: name)
        }
    }

    func leave(_ place: Place) {
        guard let name = place.name else { return }
        counts.withLock { counts in
            let left = (counts[name] ?? 0) - 1
            counts[name] = left > 0 ? left : nil
        }
    }

    /// One connection that counts, or one that does not.
    struct Place {
        fileprivate let name: String?
    }
}

/// Closes a connection of an address that has too many.
final class AddressShare: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let clients: ClientConnections
    private var place: ClientConnections.Place?

    init(_ clients: ClientConnections) { self.clients = clients }

    func channelActive(context: ChannelHandlerContext) {
        place = clients.admit(context.remoteAddress?.ipAddress ?? "")
        context.fireChannelActive()
        if place == nil { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let place { clients.leave(place) }
        place = nil
        context.fireChannelInactive()
    }
}
