internal import Storage
internal import StrictJSON

/// What a key may reach: everything of its organization, or only some workspaces.
extension APIKey {
    /// The workspaces that the key is limited to; nothing = it is not.
    var limitedTo: [Workspace.ID]? {
        guard permissions?["scope"]?.string == "workspace" else { return nil }
        return permissions?["workspaceIds"]?.array?.compactMap { $0.string.map(Workspace.ID.init(rawValue:)) } ?? []
    }

    /// What every key may do unless its permissions say `none`.
    static let rights = ["credentials", "activity"]

    var mayReadCredentials: Bool { Self.give("credentials", permissions) }

    var mayReadActivity: Bool { Self.give("activity", permissions) }

    private static func give(_ right: String, _ permissions: JSON?) -> Bool { permissions?[right]?.string != "none" }

    /// For a key with these permissions, that works until then or for ever.
    func requireRights(toGive permissions: JSON?, until end: Instant?) throws(PortalError) {
        for right in Self.rights where Self.give(right, permissions) && !Self.give(right, self.permissions) {
            throw PortalError(.scopeDenied, "This API key has no right to \(right), and cannot give it to another")
        }
        guard let expiresAt else { return }
        guard let end, end <= expiresAt else {
            throw PortalError(.scopeDenied, "This API key expires, and cannot make one that works for longer")
        }
    }

    /// For what belongs to the organization as a whole.
    func requireWholeOrganization() throws(PortalError) {
        guard limitedTo == nil else { throw PortalError(.scopeDenied, "This API key is limited to workspaces") }
    }

    /// For what belongs to a workspace, or with nothing to the organization itself.
    func requireAccess(to workspace: Workspace.ID?) throws(PortalError) {
        guard let limitedTo else { return }
        guard let workspace, limitedTo.contains(workspace) else {
            throw PortalError(.scopeDenied, "This API key does not reach that workspace")
        }
    }
}
