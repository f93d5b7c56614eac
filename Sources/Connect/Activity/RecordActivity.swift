internal import Foundation
internal import Logging
public import Storage
internal import StrictJSON

extension Portal {
    /// An entry for what is happening now, in the request that is being answered.
    func entry(
        _ type: ActivityType,
        by actor: Activity.Party,
        on object: Activity.Party?,
        of organization: Organization.ID?,
        in workspace: Workspace.ID? = nil,
        _ status: Activity.Status = .success,
        _ detail: JSON.Object = [:]
    ) -> Activity {
        let origin = RequestOrigin.current
        return Activity(
            id: newID(),
            at: now(),
            organizationID: organization,
            workspaceID: workspace,
            type: type.rawValue,
            status: status,
            actor: actor,
            object: object,
            requestID: origin?.requestID,
            address: origin?.address,
            detail: .object(detail)
        )
    }

    /// An entry for what an app's backend does.
    func entry(
        _ type: ActivityType,
        by key: APIKey,
        on object: Activity.Party,
        in workspace: Workspace.ID? = nil,
        _ detail: JSON.Object = [:]
    ) -> Activity {
        entry(type, by: .key(key), on: object, of: key.organizationID, in: workspace, .success, detail)
    }

    /// Writes an entry with the change that it is about: there are both or neither.
    func record(_ entry: Activity, in transaction: Transaction) throws {
        try transaction.append(entry, try activityKey(in: transaction))
    }

    /// Writes an entry that goes with no change; when this returns it is durable.
    func record(_ entry: Activity) async throws {
        try await store.write { try record(entry, in: $0) }
    }

    /// That a server starts to serve this database.
    public func recordStart(version: String) async throws {
        let detail: JSON.Object = [
            "version": .string(version), "schema": .integer(Int64(Database.currentSchemaVersion)),
        ]
        try await record(entry(.serverStarted, by: .operator, on: nil, of: nil, .success, detail))
    }

    /// That an answer which may hold secrets is given once more.
    public func recordRepeatedAnswer(to request: String, for key: APIKey) async throws {
        let object = Activity.Party(type: "request", id: nil)
        try await record(entry(.answerRepeated, by: key, on: object, ["path": .string(request)]))
    }

    /// Writes down that somebody was turned away, as long as that does not happen all the time from one address.
    func recordRefusal(
        _ type: ActivityType,
        _ reason: String,
        of organization: Organization.ID? = nil,
        on object: Activity.Party? = nil
    ) async {
        guard onceAMinute.admit("\(type.rawValue) \(reason) \(RequestOrigin.current?.address ?? "")", at: now()) else {
            return
        }
        let somebody = Activity.Party(type: "anonymous")
        let refused = entry(type, by: somebody, on: object, of: organization, .failure, ["reason": .string(reason)])
        do { try await record(refused) } catch {
            log.error("activity not written", metadata: ["type": "\(type.rawValue)", "error": "\(error)"])
        }
    }
}

extension Activity.Party {
    static func key(_ key: APIKey) -> Self { .init(type: "api_key", id: key.id.rawValue) }
    /// A person, by the id that the app gave them.
    static func endUser(_ externalID: String?) -> Self { .init(type: "end_user", id: externalID) }
    /// Whoever may run commands.
    static let `operator` = Self(type: "operator")
    /// The portal by itself.
    static let portal = Self(type: "portal")

    static func apiKey(_ id: APIKey.ID) -> Self { .init(type: "api_key", id: id.rawValue) }
    static func workspace(_ id: Workspace.ID) -> Self { .init(type: "workspace", id: id.rawValue) }
    static func integration(_ id: WorkspaceIntegration.ID) -> Self {
        .init(type: "workspace_integration", id: id.rawValue)
    }
    static func oauthApp(_ id: OAuthApp.ID) -> Self { .init(type: "oauth_app", id: id.rawValue) }
    static func endUser(_ id: EndUser.ID) -> Self { .init(type: "end_user", id: id.rawValue) }
    static func connection(_ id: Connection.ID) -> Self { .init(type: "connection", id: id.rawValue) }
    static func session(_ id: ConnectSession.ID) -> Self { .init(type: "session", id: id.rawValue) }
}
