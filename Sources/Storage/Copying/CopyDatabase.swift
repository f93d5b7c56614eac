extension Database {
    /// What was copied of one table.
    public struct CopiedTable: Sendable {
        public let name: String
        public let rows: Int
    }

    /// Copies everything to an empty database, perhaps of the other engine, and compares both row by row before any of it
    /// counts.
    ///
    /// Blocks the thread. Throws `CopyError`; the target is then as it was.
    public func copy(to target: Database) throws -> [CopiedTable] {
        try alone { source in
            try target.alone { target in
                guard try target.firstOrganization() == nil else { throw CopyError.targetNotEmpty }
                // What the first start of a process may have written.
                try target.execute("DELETE FROM setting WHERE name <> ?", Setting.schemaVersion)
                return try Table.all.map { table in
                    try table.copy(from: source, to: target)
                    return CopiedTable(name: table.name, rows: try table.compare(source, target))
                }
            }
        }
    }
}

/// Why a copy was not made.
public enum CopyError: Error, CustomStringConvertible, Equatable {
    case targetNotEmpty
    /// A row is not in the target as it is in the source.
    case different(table: String)

    public var description: String {
        switch self {
        case .targetNotEmpty: "there is data in the target already: a copy goes to an empty database"
        case .different(let table): "a row of \(table) did not arrive as it is; nothing was copied"
        }
    }
}
