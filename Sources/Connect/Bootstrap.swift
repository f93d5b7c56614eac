internal import Foundation
public import Secrecy
public import Storage
internal import StrictJSON

/// What the first start on an empty database made.
public struct FirstStart: Sendable, Concealed {
    public let organization: Organization
    public let workspace: Workspace
    public let key: APIKey
    /// The same in clear, shown once.
    public let apiKey: String
}

extension Portal {
    /// Makes the default organization, a workspace and the first API key where there is none; nothing otherwise.
    public func bootstrap(keyName: String = "First key") async throws -> FirstStart? {
        let now = now()
        let organization = Organization(id: newID(), name: "Default", createdAt: now)
        let workspace = Workspace(
            id: newID(),
            organizationID: organization.id,
            name: "Default",
            slug: "default",
            createdAt: now,
            updatedAt: now
        )
        let plain = PlainKey(random: random)
        let key = newAPIKey(plain, name: keyName, organization: organization.id)
        let created = entry(
            .apiKeyCreated,
            by: .operator,
            on: .apiKey(key.id),
            of: organization.id,
            .success,
            ["name": .string(keyName), "keyPrefix": .string(key.keyPrefix)]
        )
        let isNew = try await store.write { transaction in
            guard try transaction.claim(Setting.defaultOrganization, with: organization.id.rawValue) else {
                return false
            }
            try transaction.insert(organization)
            try transaction.insert(workspace)
            try transaction.insert(key, hash: plain.hash)
            try record(created, in: transaction)
            return true
        }
        return isNew ? FirstStart(organization: organization, workspace: workspace, key: key, apiKey: plain.text) : nil
    }

    /// The workspaces of the default organization, newest first.
    public func workspaces() async throws -> [Workspace] {
        try await store.read { transaction in
            try transaction.firstOrganization().map { try transaction.workspaces(of: $0.id).rows } ?? []
        }
    }

    /// Proves that the encryption keys are those the data was sealed with; an empty database takes them as they are.
    ///
    /// Throws `WrongEncryptionKeyError`: going on with another key would make every credential unreadable.
    public func checkEncryptionKeys() async throws {
        let sealed = try sealedCanary()
        // Of two processes that start at once with different keys, one must find out.
        let canary = try await store.write { transaction in
            _ = try transaction.claim(Setting.canary, with: sealed)
            return try transaction.setting(Setting.canary)
        }
        guard let canary, opens(canary) else { throw WrongEncryptionKeyError() }
    }

    func opens(_ canary: String) -> Bool {
        Data(base64Encoded: canary).flatMap { try? sealer.open($0, at: Self.canaryPlace) } != nil
    }

    func sealedCanary() throws -> String {
        try sealer.seal(Data("canary".utf8), at: Self.canaryPlace).base64EncodedString()
    }

    private static let canaryPlace = SealedPlace(
        organization: "",
        table: "setting",
        row: Setting.canary,
        field: "value"
    )
}

/// The configured keys do not open what is in the database.
public struct WrongEncryptionKeyError: Error, CustomStringConvertible {
    public var description: String {
        "the encryption keys are not the ones that this database was sealed with: set PORTAL_ENCRYPTION_KEYS to the right ones, or put the key file back"
    }
}
