internal import HTTPTypes
internal import Hummingbird
internal import OAuth

/// Gives every request an id, or takes a well-formed one that it brings, and returns it as `X-Request-Id`.
struct RequestIDs {
    let random: @Sendable (Int) -> [UInt8]

    func id(of request: Request) -> String { wellFormed(request.headers[.requestID]) ?? fresh() }

    private func wellFormed(_ id: String?) -> String? {
        guard let id, (8...64).contains(id.utf8.count), id.utf8.allSatisfy(Self.isAllowed) else { return nil }
        return id
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) && byte != UInt8(ascii: "~")
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private func fresh() -> String {
        String(
            decoding: random(10).flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 0x0F)]] },
            as: UTF8.self
        )
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id") ?? .date
    static let referrer = HTTPField.Name("Referer") ?? .date
    /// What browsers say of a request that they make before anybody asked (Fetch Standard, 2.2.5), and what they said.
    static let secPurpose = HTTPField.Name("Sec-Purpose") ?? .date
    static let purpose = HTTPField.Name("Purpose") ?? .date
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .date
}
