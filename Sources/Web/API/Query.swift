internal import Connect
internal import Hummingbird
internal import OAuth
internal import Storage

/// The query of a request, read by name; what is not as expected is collected and refused at once.
struct Query {
    private let parameters: FormParameters
    private var faults: [(name: String, problem: String)] = []

    init(_ request: Request) {
        let read = FormParameters(encoded: request.uri.query ?? "")
        parameters = read ?? FormParameters()
        if read == nil { faults.append(("query", "must be percent-encoded UTF-8")) }
    }

    /// Throws `PortalError` naming each bad parameter.
    func finish() throws(PortalError) {
        guard faults.isEmpty else { throw .validation(faults) }
    }

    /// A text by the rule for texts in bodies.
    mutating func text(_ name: String, limit: Int = 200) -> String? {
        guard let given = value(name) else { return nil }
        do { return try PlainText(given, limit: limit).text } catch {
            faults.append((name, error.words))
            return nil
        }
    }

    mutating func id<Row>(_ name: String, of _: Row.Type = Row.self) -> Identifier<Row>? {
        guard let text = value(name) else { return nil }
        let id = Identifier<Row>(rawValue: text)
        if !id.isWellFormed { faults.append((name, "must be a UUID")) }
        return id
    }

    mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            faults.append((name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            return nil
        }
        return number
    }

    mutating func choice<Choice>(_ name: String, _: Choice.Type = Choice.self) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = value(name) else { return nil }
        let choice = Choice(rawValue: text)
        if choice == nil {
            faults.append((name, "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))"))
        }
        return choice
    }

    mutating func instant(_ name: String) -> Instant? {
        guard let text = value(name) else { return nil }
        let instant = Instant(text)
        if instant == nil { faults.append((name, "must be a date and time such as 2030-01-31T12:00:00Z")) }
        return instant
    }

    mutating func bool(_ name: String) -> Bool {
        guard let text = value(name) else { return false }
        if text != "true", text != "false" { faults.append((name, "must be true or false")) }
        return text == "true"
    }

    /// Which part of a list: `limit` 1…100, `offset` or `cursor`.
    ///
    /// `standard` is the limit where none is given; nothing = all.
    mutating func page(standard: Int? = 50) -> ListPage {
        let limit = number("limit", in: 1...100) ?? standard
        let offset = number("offset", in: 0...Int(Int32.max)) ?? 0
        return ListPage(limit: limit, offset: offset, after: cursor())
    }

    /// Where a list goes on.
    mutating func cursor() -> Cursor? {
        guard let text = value("cursor") else { return nil }
        let cursor = Cursor(text)
        if cursor == nil { faults.append(("cursor", "must be a nextCursor of this list")) }
        return cursor
    }

    /// The one value of a name, as it came.
    private mutating func value(_ name: String) -> String? {
        if parameters.count(of: name) > 1 { faults.append((name, "is given twice")) }
        return parameters[name]
    }
}
