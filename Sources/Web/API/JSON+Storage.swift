internal import Storage
internal import StrictJSON

extension JSON {
    init(_ instant: Instant) { self = .string(instant.description) }
    init(_ instant: Instant?) { self = instant.map(JSON.init) ?? .null }
    init<Row>(_ id: Identifier<Row>) { self = .string(id.rawValue) }
    init<Row>(_ id: Identifier<Row>?) { self = id.map(JSON.init) ?? .null }
}
