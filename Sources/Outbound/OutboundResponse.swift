public import Secrecy

/// The final response to an `OutboundRequest`, whatever its status; redirects are responses too.
public struct OutboundResponse: Sendable, Concealed {
    public let status: Int
    /// In the order received, without trailers and the headers of 1xx responses.
    public let headers: [(name: String, value: String)]
    /// As received: no content coding is ever undone.
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, its name compared without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
