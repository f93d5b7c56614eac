public import StrictJSON

/// Something that somebody did, or tried to do, with what is kept here: an entry of the audit log.
public struct Activity: Sendable {
    public typealias ID = Identifier<Activity>

    public let id: ID
    public let at: Instant
    /// Nothing where it is about the whole installation.
    public let organizationID: Organization.ID?
    public let workspaceID: Workspace.ID?
    public let type: String
    public let status: Status
    public let actor: Party
    public let object: Party?
    /// The request that asked for it, where one did.
    public let requestID: String?
    /// Where that request came from.
    public let address: String?
    public let detail: JSON

    public enum Status: String, Sendable, CaseIterable, SQLReadable, SQLBindable {
        case success
        case failure
    }

    /// Who acts, or what is acted on.
    public struct Party: Sendable, Equatable {
        public let type: String
        public let id: String?

        public init(type: String, id: String? = nil) {
            self.type = type
            self.id = id
        }
    }

    public init(
        id: ID,
        at: Instant,
        organizationID: Organization.ID?,
        workspaceID: Workspace.ID?,
        type: String,
        status: Status,
        actor: Party,
        object: Party?,
        requestID: String?,
        address: String?,
        detail: JSON
    ) {
        self.id = id
        self.at = at
        self.organizationID = organizationID
        self.workspaceID = workspaceID
        self.type = type
        self.status = status
        self.actor = actor
        self.object = object
        self.requestID = requestID
        self.address = address
        self.detail = detail
    }
}

/// Which entries to list; nothing = all.
public struct ActivityFilter: Sendable {
    public var type: String?
    public var status: Activity.Status?
    public var actorID: String?
    public var objectID: String?
    public var workspaceID: Workspace.ID?
    public var requestID: String?
    /// From this moment on.
    public var since: Instant?
    /// Before this moment.
    public var until: Instant?
    /// Only of these; nothing = no limit.
    public var workspaces: [Workspace.ID]?

    public init() {}
}

/// Part of the log, newest first.
public struct ActivityPage: Sendable {
    public let entries: [Activity]
    /// Where the next part starts; nothing at the end.
    public let next: Cursor?
}

extension Transaction {
    /// An organization's entries; without counting them, of which there may be very many.
    public func activity(
        of organization: Organization.ID,
        _ filter: ActivityFilter,
        limit: Int,
        after cursor: Cursor?
    ) throws -> ActivityPage {
        var conditions = Conditions(organization)
        conditions.require("type", filter.type)
        conditions.require("status", filter.status)
        conditions.require("actorId", filter.actorID)
        conditions.require("objectId", filter.objectID)
        conditions.require("workspaceId", filter.workspaceID)
        conditions.require("requestId", filter.requestID)
        if let since = filter.since { conditions.require(sql: "at >= ?", since) }
        if let until = filter.until { conditions.require(sql: "at < ?", until) }
        if let workspaces = filter.workspaces { conditions.require("workspaceId", among: workspaces) }
        if let cursor {
            conditions.require(sql: "(at < ? OR (at = ? AND id < ?))", cursor.createdAt, cursor.createdAt, cursor.id)
        }
        var entries = try all(
            """
            SELECT \(Activity.columns) FROM activity WHERE \(conditions.clause) ORDER BY at DESC, id DESC LIMIT ?
            """,
            values: conditions.values + [limit + 1],
            as: Activity.init
        )
        let hasMore = entries.count > limit
        if hasMore { entries.removeLast() }
        let next = hasMore ? entries.last.map { Cursor(createdAt: $0.at, id: $0.id.rawValue) } : nil
        return ActivityPage(entries: entries, next: next)
    }
}

extension Activity {
    static let columns = """
        id, at, organizationId, workspaceId, type, status, actorType, actorId, objectType, objectId, requestId, address, \
        detail
        """

    init(_ row: SQLRow) throws {
        id = try row[0]
        at = try row[1]
        organizationID = try row[2]
        workspaceID = try row[3]
        type = try row[4]
        status = try row[5]
        actor = Party(type: try row[6], id: try row[7])
        let objectType: String? = try row[8]
        let objectID: String? = try row[9]
        object = objectType.map { Party(type: $0, id: objectID) }
        requestID = try row[10]
        address = try row[11]
        detail = try row[12]
    }

    /// In the order of `columns`.
    var values: [any SQLBindable] {
        [
            id, at, organizationID, workspaceID, type, status, actor.type, actor.id, object?.type, object?.id,
            requestID, address, detail,
        ]
    }
}
