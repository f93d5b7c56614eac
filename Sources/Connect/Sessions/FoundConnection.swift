internal import Foundation
internal import OAuth
internal import Storage
internal import StrictJSON

/// What a successful connect found out.
struct FoundConnection {
    var credentials: Credentials
    var type: Connection.Kind
    var methodKey: String
    var account: Account?
    var grantedScopes: [String] = []
    /// Asked for and not given.
    var missingScopes: [String] = []
    var appID: String?
    var expiresAt: Instant?
    /// To be kept beside the connection that the session reconnects, not in its place.
    var isAdditional = false
}

extension FoundConnection {
    /// As bytes to be sealed.
    var bytes: Data {
        let json: JSON = [
            "credentials": credentials.json,
            "type": .string(type.rawValue),
            "methodKey": .string(methodKey),
            "accountId": JSON(account?.id),
            "accountLabel": JSON(account?.label),
            "grantedScopes": JSON(grantedScopes),
            "missingScopes": JSON(missingScopes),
            "appId": JSON(appID),
            "expiresAt": expiresAt.map { .integer($0.milliseconds) } ?? .null,
            "isAdditional": .bool(isAdditional),
        ]
        return Data(json.bytes)
    }

    init?(_ bytes: Data) {
        guard let json = try? JSON.parse(Array(bytes)), let methodKey = json["methodKey"]?.string,
            let type = json["type"]?.string.flatMap(Connection.Kind.init),
            let credentials = json["credentials"].flatMap({ Credentials($0, as: type) })
        else { return nil }
        self.init(
            credentials: credentials,
            type: type,
            methodKey: methodKey,
            account: json["accountId"]?.string.map { Account(id: $0, label: json["accountLabel"]?.string ?? $0) },
            grantedScopes: json["grantedScopes"]?.array?.compactMap(\.string) ?? [],
            missingScopes: json["missingScopes"]?.array?.compactMap(\.string) ?? [],
            appID: json["appId"]?.string,
            expiresAt: json["expiresAt"]?.integer.map { Instant(milliseconds: $0) },
            isAdditional: json["isAdditional"]?.bool ?? false
        )
    }
}
