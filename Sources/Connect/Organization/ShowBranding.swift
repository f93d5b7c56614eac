public import Foundation
public import Storage

extension Portal {
    /// How the pages of a session look.
    public func branding(of session: ConnectSession) async throws -> Branding? {
        try await store.read { try $0.workspace(session.workspaceID, of: session.organizationID) }?.branding
    }

    public func logo(named name: String) async throws -> Data? { try await store.read { try $0.logo(named: name) } }

    /// Where a logo is served, for whoever knows its name.
    public func logoURL(_ name: String) -> String { link("/connect/logo/\(name)") }
}
