/// Which connections of an organization a list shows.
public struct ConnectionFilter: Sendable {
    public var integrationName: String?
    public var workspaceID: Workspace.ID?
    public var endUserID: EndUser.ID?
    public var endUserExternalID: String?
    public var externalID: String?
    public var status: Connection.Status?
    /// Only these workspaces; nothing = the organization's own, too.
    public var workspaces: [Workspace.ID]?

    public init(endUserID: EndUser.ID? = nil, workspaces: [Workspace.ID]? = nil) {
        self.endUserID = endUserID
        self.workspaces = workspaces
    }

    func conditions(_ organization: Organization.ID) -> Conditions {
        var conditions = Conditions(organization, table: "connection")
        conditions.require("connection.integrationName", integrationName)
        conditions.require("connection.workspaceId", workspaceID)
        conditions.require("connection.endUserId", endUserID)
        conditions.require("endUser.externalId", endUserExternalID)
        conditions.require("connection.externalId", externalID)
        conditions.require("connection.status", status)
        if let workspaces { conditions.require("connection.workspaceId", among: workspaces) }
        return conditions
    }
}
