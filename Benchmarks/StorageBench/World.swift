import Foundation
import Storage

/// A store with one organization, its API key and many connections.
struct World: Sendable {
    static let connections = 5000

    let store: Database
    let organization: Organization
    let workspace: Workspace
    let keyHash = Data(repeating: 1, count: 32)
    private(set) var ids: [Connection.ID] = []
    private let identifiers = IdentifierSequence()
    /// What the store is gone without.
    private let owner: any AnyObject & Sendable

    init(_ store: Database, of owner: any AnyObject & Sendable) async throws {
        self.store = store
        self.owner = owner
        let now = Instant(.now)
        organization = Organization(id: .init(rawValue: "o"), name: "O", createdAt: now)
        workspace = Workspace(
            id: .init(rawValue: "w"),
            organizationID: organization.id,
            name: "W",
            slug: "w",
            createdAt: now,
            updatedAt: now
        )
        let (organization, workspace, hash) = (organization, workspace, keyHash)
        let key = APIKey(
            id: .init(rawValue: "k"),
            organizationID: organization.id,
            name: "K",
            keyPrefix: "wvz_",
            createdAt: now
        )
        let drafts = (0..<Self.connections).map { _ in draft() }
        ids = drafts.map(\.id)
        try await store.write { transaction in
            try transaction.insert(organization)
            try transaction.insert(workspace)
            try transaction.insert(key, hash: hash)
        }
        for start in stride(from: 0, to: drafts.count, by: 500) {
            try await store.write { transaction in
                for draft in drafts[start..<start + 500] { try transaction.insert(draft, at: now) }
            }
        }
    }

    /// A new connection with a kilobyte of sealed credentials.
    func draft() -> ConnectionDraft {
        let random = (0..<8).map { _ in UInt8.random(in: .min ... .max) }
        let id: Connection.ID = identifiers.next(at: Instant(.now), random: random)
        return ConnectionDraft(
            id: id,
            organizationID: organization.id,
            workspaceID: workspace.id,
            endUserID: nil,
            externalID: id.rawValue,
            displayName: "Connection",
            integrationName: "google",
            authMethodKey: "oauth2",
            type: .oauth2,
            scope: .workspace,
            accountID: "1",
            accountLabel: "ada@example.com",
            grantedScopes: ["email"],
            credentials: Data(repeating: 7, count: 1024),
            credentialVersion: 1,
            oauthAppID: nil,
            expiresAt: nil
        )
    }
}
