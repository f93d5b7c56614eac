internal import Connect
internal import Hummingbird

/// Which part of a list is asked for: `limit` 1…100, default 50, and `offset`.
struct Paging {
    let limit: Int
    let offset: Int

    init(_ request: Request) throws(PortalError) {
        var faults: [(name: String, problem: String)] = []
        func number(_ name: String, _ range: ClosedRange<Int>, _ standard: Int) -> Int {
            guard let text = request.uri.queryParameters[Substring(name)] else { return standard }
            guard let number = Int(text), range.contains(number) else {
                let end = range.upperBound == .max ? "or more" : "to \(range.upperBound)"
                faults.append((name, "must be a whole number, \(range.lowerBound) \(end)"))
                return standard
            }
            return number
        }
        limit = number("limit", 1...100, 50)
        offset = number("offset", 0...(.max), 0)
        guard faults.isEmpty else { throw .validation(faults) }
    }
}
