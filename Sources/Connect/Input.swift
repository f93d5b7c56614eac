internal import Integrations
internal import OAuth
internal import Secrecy
internal import StrictJSON
internal import Storage

/// Reads the fields of a request body and collects everything that is wrong with them, so that one answer names all.
struct Input: Concealed {
    private let body: JSON.Object
    private var faults: [(name: String, problem: String)] = []

    init(_ body: JSON) throws(PortalError) {
        guard let object = body.object else { throw PortalError(.validation, "The body must be a JSON object") }
        self.body = object
    }

    private init(_ body: JSON.Object) { self.body = body }

    /// Ends the reading; throws `PortalError` naming each bad field.
    func finish() throws(PortalError) {
        guard faults.isEmpty else { throw .validation(faults) }
    }

    /// Whether the body names the field at all, be it as null.
    func isGiven(_ name: String) -> Bool { body[name] != nil }

    func hasFault(_ name: String) -> Bool { faults.contains { $0.name == name } }

    mutating func refuse(_ name: String, _ problem: String) { faults.append((name, problem)) }

    /// A text that must be there, 1 to `limit` characters, trimmed; empty after a fault.
    mutating func text(_ name: String, limit: Int = 200) -> String {
        guard let value = present(name) else {
            refuse(name, "is required")
            return ""
        }
        return checkedText(value, name, limit: limit) ?? ""
    }

    mutating func optionalText(_ name: String, limit: Int = 200) -> String? {
        present(name).flatMap { checkedText($0, name, limit: limit) }
    }

    mutating func id<Row>(_ name: String, of _: Row.Type = Row.self) -> Identifier<Row> {
        let id = Identifier<Row>(rawValue: text(name))
        if !id.rawValue.isEmpty, !id.isWellFormed { refuse(name, "must be a UUID") }
        return id
    }

    mutating func choice<Choice>(_ name: String, _: Choice.Type = Choice.self) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = optionalText(name) else { return nil }
        let choice = Choice(rawValue: text)
        if choice == nil { refuse(name, "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))") }
        return choice
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) -> Int {
        guard let value = present(name) else { return standard }
        guard let number = value.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            refuse(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return standard
        }
        return number
    }

    mutating func optionalID<Row>(_ name: String, of _: Row.Type = Row.self) -> Identifier<Row>? {
        present(name) == nil ? nil : id(name)
    }

    /// A text that matches an expression as a whole; `shape` says in words what was expected.
    mutating func text(_ name: String, matching pattern: Regex<Substring>, shape: String) -> String {
        let value = text(name, limit: 2000)
        if !value.isEmpty, (try? pattern.wholeMatch(in: value)) == nil { refuse(name, "must be \(shape)") }
        return value
    }

    /// A moment that has not come yet.
    mutating func futureInstant(_ name: String, now: Instant) -> Instant? {
        guard let text = optionalText(name) else { return nil }
        guard let instant = Instant(text) else {
            refuse(name, "must be a date and time such as 2030-01-31T12:00:00Z")
            return nil
        }
        if instant <= now { refuse(name, "must be in the future") }
        return instant
    }

    mutating func email(_ name: String) -> String? {
        guard let text = optionalText(name, limit: 254) else { return nil }
        if !FieldFormat.email.accepts(text) { refuse(name, "must be an e-mail address") }
        return text
    }

    /// A secret: any text without control characters, not trimmed, at most 16 KiB.
    mutating func secret(_ name: String, isRequired: Bool = true) -> Secret? {
        guard let value = present(name) else {
            if isRequired { refuse(name, "is required") }
            return nil
        }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= 16384,
            !text.unicodeScalars.contains(where: {
                $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r"
            })
        else {
            refuse(name, "must be a text of 1 to 16384 bytes without control characters")
            return nil
        }
        return Secret(text)
    }

    mutating func texts(_ name: String, limit: Int = 100) -> [String]? {
        guard let value = present(name) else { return nil }
        guard let array = value.array, array.count <= limit else {
            refuse(name, "must be a list of at most \(limit) texts")
            return nil
        }
        return array.compactMap { checkedText($0, name, limit: 2000) }
    }

    /// An object kept as it is, at most 8 KiB as text.
    mutating func object(_ name: String) -> JSON {
        guard let value = present(name) else { return [:] }
        guard value.object != nil, value.bytes.count <= 8192 else {
            refuse(name, "must be an object of at most 8 KiB")
            return [:]
        }
        return value
    }

    /// An address that a browser may be sent to: https, or http on this machine.
    mutating func redirectURI(_ name: String) -> String? {
        guard let text = optionalText(name, limit: 2000) else { return nil }
        guard let address = WebAddress(text), address.scheme == "https" || address.isLoopback else {
            refuse(
                name,
                "must be an absolute https address (http only for localhost), without user information or fragment"
            )
            return nil
        }
        return text
    }

    mutating func origins(_ name: String) -> [String] {
        var origins: [String] = []
        for text in texts(name, limit: 20) ?? [] {
            guard let address = WebAddress(text), address.path.isEmpty, address.query == nil,
                address.scheme == "https" || address.isLoopback
            else {
                refuse(name, "must hold origins such as https://app.example.com")
                continue
            }
            origins.append(address.origin)
        }
        return origins
    }

    /// A text, as it came, for `read` to make something of; nothing for null and after a fault.
    mutating func value<Value>(
        _ name: String,
        _ read: (String) throws(PlainText.Problem) -> Value
    ) -> Value? {
        guard let value = present(name) else { return nil }
        guard let text = value.string else {
            refuse(name, "must be a text")
            return nil
        }
        do { return try read(text) } catch {
            refuse(name, error.words)
            return nil
        }
    }

    /// An object with fields of its own, whose faults are named as in `branding.color`; there may be no others.
    mutating func fields<Value>(
        of name: String,
        among known: Set<String>,
        _ read: (inout Input) -> Value
    ) -> Value? {
        guard let value = present(name) else { return nil }
        guard let object = value.object else {
            refuse(name, "must be an object")
            return nil
        }
        var inner = Input(object)
        for member in object.members where !known.contains(member.name) { inner.refuse(member.name, "is unknown") }
        let result = read(&inner)
        faults += inner.faults.map { ("\(name).\($0.name)", $0.problem) }
        return result
    }

    private func present(_ name: String) -> JSON? { body[name].flatMap { $0.isNull ? nil : $0 } }

    private mutating func checkedText(_ value: JSON, _ name: String, limit: Int) -> String? {
        guard let text = value.string else {
            refuse(name, "must be a text")
            return nil
        }
        do { return try PlainText(text, limit: limit).text } catch {
            refuse(name, error.words)
            return nil
        }
    }
}
