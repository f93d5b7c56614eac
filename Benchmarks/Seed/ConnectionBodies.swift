import Storage
import StrictJSON

/// What an app says to keep the tokens of its users, each of whom has one connection.
///
/// The number is in every name, so that whoever measures can tell the right answer.
struct ConnectionBodies {
    let workspace: Workspace
    let integrations: [String]
    /// Of an access token, in seconds.
    let lifetime: Int

    subscript(number: Int) -> JSON {
        [
            "type": "OAUTH2",
            "integrationName": .string(integrations[number % integrations.count]),
            "externalId": "account-\(number)",
            "displayName": "Account \(number)",
            "workspaceId": .string(workspace.id.rawValue),
            "scope": "USER",
            "endUserId": "user-\(number)",
            "accessToken": "account-\(number).access.0",
            "refreshToken": "account-\(number).refresh.0",
            "expiresIn": .integer(Int64(lifetime)),
            "scope_oauth": "read:user user:email",
        ]
    }
}
