internal import Foundation
internal import Integrations
internal import OAuth
public import Secrecy
public import Storage
public import StrictJSON

/// A link with which an end user sees and changes their connections, as often as they like until it expires.
public struct PortalLink: Sendable, Concealed {
    public let token: String
    public let connectURL: String
    public let expiresAt: Instant
}

/// For whom a portal page is, and what it is limited to.
struct PortalScope {
    let organization: Organization.ID
    let workspace: Workspace.ID
    let endUser: String
    /// The link ends with this row; nothing where the end user is made by connecting.
    var endUserID: EndUser.ID?
    var integrationName: String?
    var workspaceIntegration: WorkspaceIntegration.ID?
    var branding: Branding?
}

extension Portal {
    /// Makes a link for an end user; `integrationName` or `workspaceIntegrationId` limit it to one integration.
    public func createPortalLink(for id: EndUser.ID, _ body: JSON, for key: APIKey) async throws -> PortalLink {
        let user = try await endUser(id, for: key)
        var input = try Input(body)
        let link = try await portalLink(for: user, &input, key)
        try await record(entry(.endUserLinked, by: key, on: .endUser(id), in: user.workspaceID))
        return link
    }

    /// A fresh link for whom a connection was not found.
    func portalLink(for scope: PortalScope, lasting lifetime: Duration = .seconds(604_800)) async throws -> PortalLink {
        let sealed = try sealer.seal(Data(scope.endUser.utf8), at: place(scope.organization, scope.workspace))
        let expiresAt = now() + lifetime
        let id: Identifier<PortalLink> = newID()
        let claims = SignedTokens.Claims(
            jti: id.rawValue,
            org: scope.organization.rawValue,
            ws: scope.workspace.rawValue,
            sub: Base64URL.encode(sealed),
            uid: scope.endUserID?.rawValue,
            int: scope.integrationName,
            wsi: scope.workspaceIntegration?.rawValue,
            iat: now().seconds,
            exp: expiresAt.seconds
        )
        let token = tokens.sign(claims, as: .portal)
        return PortalLink(token: token, connectURL: link("/connect/portal?token=\(token)"), expiresAt: expiresAt)
    }

    /// What a link is for; throws `INVALID_TOKEN` for one that is forged, has expired, or is of somebody who was removed.
    func scope(ofLink token: String) async throws -> PortalScope {
        guard let claims = tokens.read(token, as: .portal), claims.exp > now().seconds, let id = claims.ws,
            let sealed = claims.sub.flatMap({ Base64URL.decode($0) })
        else { throw Self.deadLink }
        let organization = Organization.ID(rawValue: claims.org)
        let workspaceID = Workspace.ID(rawValue: id)
        let userID = claims.uid.map { EndUser.ID(rawValue: $0) }
        let workspace = try await store.read { transaction in
            if let userID, try transaction.endUser(userID, of: organization) == nil { return nil as Workspace? }
            return try transaction.workspace(workspaceID, of: organization)
        }
        guard let workspace else { throw Self.deadLink }
        return PortalScope(
            organization: organization,
            workspace: workspaceID,
            endUser: String(decoding: try sealer.open(sealed, at: place(organization, workspaceID)), as: UTF8.self),
            endUserID: userID,
            integrationName: claims.int,
            workspaceIntegration: claims.wsi.map { WorkspaceIntegration.ID(rawValue: $0) },
            branding: workspace.branding
        )
    }

    func portalLink(for user: EndUser, _ input: inout Input, _ key: APIKey) async throws -> PortalLink {
        var scope = PortalScope(
            organization: user.organizationID,
            workspace: user.workspaceID,
            endUser: user.externalID,
            endUserID: user.id
        )
        scope.integrationName = input.optionalText("integrationName", limit: 63)
        scope.workspaceIntegration = input.optionalID("workspaceIntegrationId")
        let lifetime = input.integer("expiresIn", in: 3600...2_592_000, default: 604_800)
        try input.finish()
        if let name = scope.integrationName, catalog[name] == nil { throw Self.unknownIntegration(name) }
        if let id = scope.workspaceIntegration {
            _ = try await workspaceIntegration(id, in: user.workspaceID, for: key)
        }
        return try await portalLink(for: scope, lasting: .seconds(lifetime))
    }

    private static let deadLink = PortalError(.invalidToken, "The link is invalid or has expired")

    private func place(_ organization: Organization.ID, _ workspace: Workspace.ID) -> SealedPlace {
        SealedPlace(organization: organization.rawValue, table: "portalLink", row: workspace.rawValue, field: "endUser")
    }
}
