internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// Which part of a list is asked for: `limit` 1…100, `offset` or `cursor`.
struct Paging {
    let page: ListPage

    /// `standard` is the limit where none is given; nothing = the whole list.
    init(_ request: Request, standard: Int? = 50) throws(PortalError) {
        var faults: [(name: String, problem: String)] = []
        func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
            guard let text = request.query(name) else { return nil }
            guard let number = Int(text), range.contains(number) else {
                let end = range.upperBound == .max ? "or more" : "to \(range.upperBound)"
                faults.append((name, "must be a whole number, \(range.lowerBound) \(end)"))
                return nil
            }
            return number
        }
        let limit = number("limit", 1...100) ?? standard
        let offset = number("offset", 0...(.max)) ?? 0
        let cursor = request.query("cursor").flatMap(Cursor.init)
        if request.query("cursor") != nil, cursor == nil {
            faults.append(("cursor", "must be a nextCursor of this list"))
        }
        guard faults.isEmpty else { throw .validation(faults) }
        page = ListPage(limit: limit, offset: offset, after: cursor)
    }
}

extension Request {
    /// A query parameter, decoded; nothing where it is absent.
    func query(_ name: String) -> String? { uri.queryParameters[Substring(name)].map { String($0) } }
}

extension Listing {
    /// The part as an answer: the rows under their name, the total and where to go on.
    func json(_ name: String, _ row: (Row) -> JSON) -> JSON {
        .object([name: .array(rows.map(row)), "total": JSON(total), "nextCursor": JSON(next?.text)])
    }
}
