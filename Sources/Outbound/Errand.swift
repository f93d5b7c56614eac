/// What a job is to do, checked: nothing in it may surprise C.
enum Errand: Sendable {
    case exchange(Exchange)
    case delivery(Delivery)

    /// What shares connections with it.
    var lane: String {
        switch self {
        case .exchange(let exchange):
            exchange.request.unixSocketPath ?? "\(exchange.url.host):\(exchange.url.port)"
        case .delivery(let delivery): "\(delivery.server.host):\(delivery.server.port)"
        }
    }

    var limits: OutboundRequest.Limits {
        switch self {
        case .exchange(let exchange): exchange.request.limits
        case .delivery: Delivery.limits
        }
    }

    /// What is sent.
    var body: [UInt8]? {
        switch self {
        case .exchange(let exchange): exchange.request.body
        case .delivery(let delivery): delivery.mail.content
        }
    }

    /// Whether a server may get it twice without harm.
    var isIdempotent: Bool {
        switch self {
        case .exchange(let exchange): exchange.request.method.isIdempotent
        case .delivery: false
        }
    }
}
