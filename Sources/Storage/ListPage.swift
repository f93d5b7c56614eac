/// Which part of a list, newest first and then by id.
public struct ListPage: Sendable {
    /// Nothing = all.
    public var limit: Int?
    public var offset: Int
    public var after: Cursor?

    public init(limit: Int? = nil, offset: Int = 0, after: Cursor? = nil) {
        self.limit = limit
        self.offset = offset
        self.after = after
    }

    public static let all = ListPage()
}

/// A place in a list that stays where it is when rows are added or removed.
public struct Cursor: Sendable, Equatable {
    let createdAt: Instant
    let id: String

    /// Opaque to callers.
    public var text: String { "\(createdAt.milliseconds).\(id)" }

    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = Int64(parts[0]) else { return nil }
        let id = Identifier<Cursor>(rawValue: String(parts[1]))
        guard id.isWellFormed else { return nil }
        createdAt = Instant(milliseconds: milliseconds)
        self.id = id.rawValue
    }

    init(createdAt: Instant, id: String) {
        self.createdAt = createdAt
        self.id = id
    }
}

/// Part of a list, and how many rows the whole has.
public struct Listing<Row: Sendable>: Sendable {
    public let rows: [Row]
    public let total: Int
    /// Where the next part starts; nothing at the end.
    public let next: Cursor?
}

/// What rows must fulfil: columns and their values, all of them.
struct Conditions {
    private(set) var sql: [String] = []
    private(set) var values: [any SQLBindable] = []

    /// Every list is one organization's.
    init(_ organization: Organization.ID, table: String? = nil) {
        require((table.map { $0 + "." } ?? "") + "organizationId", organization)
    }

    /// Nothing to require where there is no value.
    mutating func require(_ column: String, _ value: (any SQLBindable)?) {
        guard let value else { return }
        sql.append("\(column) = ?")
        values.append(value)
    }

    mutating func require(_ column: String, among list: [any SQLBindable]) {
        sql.append(list.isEmpty ? "1 = 0" : "\(column) IN (\(list.map { _ in "?" }.joined(separator: ", ")))")
        values += list
    }

    mutating func require(sql text: String, _ more: any SQLBindable...) {
        sql.append(text)
        values += more
    }

    var clause: String { sql.joined(separator: " AND ") }
}

extension Transaction {
    /// One part of a table's rows with the total.
    func list<Row: Sendable & Listed>(
        _ select: String,
        from table: String,
        counting source: String? = nil,
        where conditions: Conditions,
        _ page: ListPage,
        as read: (SQLRow) throws -> Row
    ) throws -> Listing<Row> {
        var paged = conditions
        if let after = page.after {
            paged.require(
                sql: "(\(table).createdAt < ? OR (\(table).createdAt = ? AND \(table).id > ?))",
                after.createdAt,
                after.createdAt,
                after.id
            )
        }
        let limit = page.limit ?? Int(Int32.max)
        var rows = try all(
            "\(select) WHERE \(paged.clause) ORDER BY \(table).createdAt DESC, \(table).id LIMIT ? OFFSET ?",
            values: paged.values + [limit + 1, page.offset],
            as: read
        )
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        return Listing(
            rows: rows,
            total: try count(source ?? table, where: conditions),
            next: hasMore ? rows.last.map { Cursor(createdAt: $0.createdAt, id: $0.listID) } : nil
        )
    }

    func count(_ source: String, where conditions: Conditions) throws -> Int {
        try all("SELECT COUNT(*) FROM \(source) WHERE \(conditions.clause)", values: conditions.values) { try $0[0] }[0]
    }
}

/// What a list is ordered by.
protocol Listed {
    var createdAt: Instant { get }
    var listID: String { get }
}

extension APIKey: Listed { var listID: String { id.rawValue } }
extension Workspace: Listed { var listID: String { id.rawValue } }
extension EndUser: Listed { var listID: String { id.rawValue } }
extension OAuthApp: Listed { var listID: String { id.rawValue } }
extension Connection: Listed { var listID: String { id.rawValue } }
extension ConnectSession: Listed { var listID: String { id.rawValue } }
