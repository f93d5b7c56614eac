internal import HTTPTypes
internal import Hummingbird

/// Gives every request an id, or takes a well-formed one that it brings, and returns it as `X-Request-Id`.
struct RequestIDs: RouterMiddleware {
    let random: @Sendable (Int) -> [UInt8]

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = wellFormed(request.headers[.requestID]) ?? fresh()
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        return response
    }

    private func wellFormed(_ id: String?) -> String? {
        guard let id, (8...64).contains(id.utf8.count), id.utf8.allSatisfy(Self.isAllowed) else { return nil }
        return id
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func fresh() -> String {
        let digits: StaticString = "0123456789abcdef"
        let bytes = random(10)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (place, byte) in bytes.enumerated() {
                text[place * 2] = digits.utf8Start[Int(byte >> 4)]
                text[place * 2 + 1] = digits.utf8Start[Int(byte & 15)]
            }
            return bytes.count * 2
        }
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
