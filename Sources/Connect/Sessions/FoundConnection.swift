internal import Foundation
internal import Integrations
internal import OAuth
internal import Storage
internal import StrictJSON

/// What a successful connect found out.
struct FoundConnection {
    var credentials: Credentials
    var type: Connection.Kind
    var methodKey: String
    var account: Account?
    /// The sites or tenants of which the person has to pick one.
    var choices: [ChoiceLookup.Choice] = []
    var grantedScopes: [String] = []
    /// Asked for and not given.
    var missingScopes: [String] = []
    var appID: String?
    var expiresAt: Instant?
    /// Whether the person has said what to do with another account than before.
    var isDecided = false
    /// To be kept beside the connection that the session reconnects, not in its place.
    var isAdditional = false
}

extension FoundConnection {
    /// This with one of its choices made: the connection is of that site, and the account of both together.
    func choosing(_ choice: ChoiceLookup.Choice) -> FoundConnection {
        var chosen = self
        chosen.choices = []
        chosen.account = account(at: choice)
        if case .oauth2(var grant) = credentials {
            for member in choice.data.members { grant.data[member.name] = member.value }
            chosen.credentials = .oauth2(grant)
        }
        return chosen
    }

    /// Whoever reconnects means the site that is connected, if it is still there.
    func choosing(asIn existing: Connection?) -> FoundConnection {
        guard let known = existing?.accountID, let choice = choices.first(where: { account(at: $0).id == known }) else {
            return self
        }
        return choosing(choice)
    }

    private func account(at choice: ChoiceLookup.Choice) -> Account {
        guard let account else { return Account(id: choice.id, label: choice.label) }
        return Account(id: "\(account.id)/\(choice.id)", label: "\(account.label) · \(choice.label)")
    }
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
            "choices": .array(choices.map(\.json)),
            "grantedScopes": JSON(grantedScopes),
            "missingScopes": JSON(missingScopes),
            "appId": JSON(appID),
            "expiresAt": expiresAt.map { .integer($0.milliseconds) } ?? .null,
            "isDecided": .bool(isDecided),
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
            choices: json["choices"]?.array?.compactMap(ChoiceLookup.Choice.init) ?? [],
            grantedScopes: json["grantedScopes"]?.array?.compactMap(\.string) ?? [],
            missingScopes: json["missingScopes"]?.array?.compactMap(\.string) ?? [],
            appID: json["appId"]?.string,
            expiresAt: json["expiresAt"]?.integer.map { Instant(milliseconds: $0) },
            isDecided: json["isDecided"]?.bool ?? false,
            isAdditional: json["isAdditional"]?.bool ?? false
        )
    }
}

extension ChoiceLookup.Choice {
    fileprivate var json: JSON { ["id": .string(id), "label": .string(label), "data": .object(data)] }

    fileprivate init?(_ json: JSON) {
        guard let id = json["id"]?.string, let label = json["label"]?.string else { return nil }
        self.init(id: id, label: label, data: json["data"]?.object ?? [:])
    }
}
