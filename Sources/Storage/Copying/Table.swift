/// A table as a copy sees it: rows in the order of their key, a page at a time.
struct Table {
    let name: String
    let key: [String]
    private static let pageSize = 500

    /// Those that hold data, each after the ones that it refers to; leases and rate limits end by themselves.
    static let all = [
        Table(name: "setting", key: ["name"]),
        Table(name: "organization"),
        Table(name: "apiKey"),
        Table(name: "workspace"),
        Table(name: "issuer", key: ["issuer"]),
        Table(name: "keySet", key: ["address"]),
        Table(name: "branding", key: ["workspaceId"]),
        Table(name: "endUser"),
        Table(name: "oauthApp"),
        Table(name: "connection"),
        Table(name: "connectionEvent"),
        Table(name: "renewal", key: ["connectionId"]),
        Table(name: "revocation", key: ["connectionId", "credentialVersion"]),
        Table(name: "workspaceIntegration"),
        Table(name: "connectSession"),
        Table(name: "sessionEvent"),
        Table(name: "authorizationAttempt"),
        Table(name: "heldConnection", key: ["sessionId"]),
        Table(name: "idempotentAnswer", key: ["organizationId", "idempotencyKey"]),
        Table(name: "activity", key: ["chain", "seq"]),
        Table(name: "activityChain", key: ["chain"]),
    ]

    init(name: String, key: [String] = ["id"]) {
        self.name = name
        self.key = key
    }

    func copy(from source: Transaction, to target: Transaction) throws {
        try forEachPage(of: source) { rows in
            for row in rows where !isSchemaVersion(row) {
                let names = row.columns.map(\.name).joined(separator: ", ")
                let marks = row.columns.map { _ in "?" }.joined(separator: ", ")
                try target.execute(
                    "INSERT INTO \(name) (\(names)) VALUES (\(marks))",
                    values: row.columns.map(\.value)
                )
            }
        }
    }

    /// The number of rows, all of which are the same; throws `CopyError.different`.
    func compare(_ source: Transaction, _ target: Transaction) throws -> Int {
        var count = 0
        var last: Row?
        try forEachPage(of: source) { rows in
            guard try page(of: target, after: last) == rows else { throw CopyError.different(table: name) }
            last = rows.last
            count += rows.count
        }
        guard try page(of: target, after: last).isEmpty else { throw CopyError.different(table: name) }
        return count
    }

    private func forEachPage(of transaction: Transaction, _ body: ([Row]) throws -> Void) throws {
        var rows = try page(of: transaction, after: nil)
        while !rows.isEmpty {
            try body(rows)
            rows = try page(of: transaction, after: rows.last)
        }
    }

    private func page(of transaction: Transaction, after last: Row?) throws -> [Row] {
        let key = key.joined(separator: ", ")
        let marks = self.key.map { _ in "?" }.joined(separator: ", ")
        let start = last == nil ? "" : "WHERE (\(key)) > (\(marks))"
        return try transaction.all(
            "SELECT * FROM \(name) \(start) ORDER BY \(key) LIMIT \(Self.pageSize)",
            values: last.map { last in self.key.map { last[$0] } } ?? [],
            as: Row.init
        )
    }

    /// Each database has its own, and both are the same.
    private func isSchemaVersion(_ row: Row) -> Bool {
        name == "setting" && row["name"] == .text(Setting.schemaVersion)
    }

    /// Columns in the order of their names, which PostgreSQL folds to lower case.
    private struct Row: Equatable {
        let columns: [Column]

        struct Column: Equatable {
            let name: String
            let value: SQLValue
        }

        init(_ row: SQLRow) {
            let columns = (0..<row.columns.count).map { index in
                Column(name: row.columns.name(at: index).lowercased(), value: row.columns.value(at: index))
            }
            self.columns = columns.sorted { $0.name < $1.name }
        }

        subscript(name: String) -> SQLValue { columns.first { $0.name == name.lowercased() }?.value ?? .null }
    }
}
