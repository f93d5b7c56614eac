public import Foundation

/// How the pages of a workspace look, and where they lead.
public struct Branding: Sendable, Equatable {
    /// Who asks for access.
    public var appName: String?
    /// As `#rrggbb`.
    public var color: String?
    public var supportURL: String?
    public var termsURL: String?
    public var privacyURL: String?
    /// Which logo there is; the picture itself is read by this name alone.
    public var logoName: String?

    public init(
        appName: String? = nil,
        color: String? = nil,
        supportURL: String? = nil,
        termsURL: String? = nil,
        privacyURL: String? = nil,
        logoName: String? = nil
    ) {
        self.appName = appName
        self.color = color
        self.supportURL = supportURL
        self.termsURL = termsURL
        self.privacyURL = privacyURL
        self.logoName = logoName
    }

    static let columns = "appName, color, supportUrl, termsUrl, privacyUrl, logoName"

    /// Nothing where a workspace has none.
    init?(_ row: SQLRow, from first: Int) throws {
        appName = try row[first]
        color = try row[first + 1]
        supportURL = try row[first + 2]
        termsURL = try row[first + 3]
        privacyURL = try row[first + 4]
        logoName = try row[first + 5]
        if self == Branding() { return nil }
    }
}

/// The picture of an app, in one of the formats that every browser shows.
public struct Logo: Sendable, Equatable {
    /// Unguessable, and another one for another picture or workspace; ends as files of its format do.
    public let name: String
    public let image: Data

    public init(name: String, image: Data) {
        self.name = name
        self.image = image
    }
}

extension Transaction {
    public func logo(named name: String) throws -> Data? {
        try first("SELECT logo FROM branding WHERE logoName = ?", name) { try $0[0] }
    }

    /// Sets everything but the logo.
    public func put(_ branding: Branding, of workspace: Workspace.ID) throws {
        try execute(
            """
            INSERT INTO branding (workspaceId, appName, color, supportUrl, termsUrl, privacyUrl)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (workspaceId) DO UPDATE SET appName = excluded.appName, color = excluded.color,
                    supportUrl = excluded.supportUrl, termsUrl = excluded.termsUrl, privacyUrl = excluded.privacyUrl
            """,
            workspace,
            branding.appName,
            branding.color,
            branding.supportURL,
            branding.termsURL,
            branding.privacyURL
        )
    }

    /// Sets or removes the logo of a workspace with branding.
    public func put(_ logo: Logo?, of workspace: Workspace.ID) throws {
        try execute(
            "UPDATE branding SET logoName = ?, logo = ? WHERE workspaceId = ?",
            logo?.name,
            logo?.image,
            workspace
        )
    }

    public func deleteBranding(of workspace: Workspace.ID) throws {
        try execute("DELETE FROM branding WHERE workspaceId = ?", workspace)
    }
}
