internal import Yams

extension DefinitionReader {
    private enum Kind: String, CaseIterable {
        case oauth2 = "OAUTH2"
        case secretText = "SECRET_TEXT"
        case basicAuth = "BASIC_AUTH"
        case customAuth = "CUSTOM_AUTH"
    }

    /// `api` is what the integration says for all its options.
    static func authOption(_ place: DefinitionNode, _ api: APIUse?) throws(DefinitionError) -> AuthOption {
        let mapping = try place.mapping(
            "key",
            "type",
            "displayName",
            "description",
            "oauth2",
            "fields",
            "account",
            "verification",
            "api"
        )
        let kind: Kind = try mapping.choice("type")
        if kind == .oauth2 { try mapping.refuse("verification", because: "a token that was issued is not tried") }
        let method = try method(kind, in: mapping)
        return AuthOption(
            key: try key(in: mapping),
            displayName: try mapping.text("displayName"),
            description: try mapping.optionalText("description") ?? "",
            method: method,
            account: try account(in: mapping, of: method),
            choices: try choices(in: mapping, of: method),
            verification: try verification(in: mapping),
            api: try apiUse(in: mapping) ?? api
        )
    }

    nonisolated(unsafe) private static let keyShape = /[A-Za-z0-9][A-Za-z0-9_\-]{0,62}/

    private static func key(in mapping: DefinitionMapping) throws(DefinitionError) -> String {
        let node = try mapping.required("key")
        let key = try node.text()
        guard key.wholeMatch(of: keyShape) != nil else {
            throw node.error("must be 1 to 63 letters, digits, _ and -, starting with a letter or digit")
        }
        return key
    }

    private static func method(_ kind: Kind, in mapping: DefinitionMapping) throws(DefinitionError) -> AuthOption.Method
    {
        if kind == .oauth2 { return try oauthMethod(in: mapping) }
        if let stray = mapping["oauth2"] { throw stray.error("only an OAUTH2 option has it") }
        let given = try fields(in: mapping, "fields")
        switch kind {
        case .oauth2, .customAuth:
            guard !given.isEmpty else {
                throw mapping.place.error("fields is missing: the form that the person fills in")
            }
            return .customAuth(given)
        case .secretText:
            return .secretText(
                try only(["secret"], of: given, in: mapping)[0] ?? .standard("secret", "API key", .secret)
            )
        case .basicAuth:
            let pair = try only(["username", "password"], of: given, in: mapping)
            return .basicAuth(
                username: pair[0] ?? .standard("username", "User name", .text),
                password: pair[1] ?? .standard("password", "Password", .secret)
            )
        }
    }

    /// The overrides of the fields that a kind has by itself.
    static func only(
        _ keys: [String],
        of given: [Field],
        in mapping: DefinitionMapping
    ) throws(DefinitionError) -> [Field?] {
        for field in given where !keys.contains(field.key) {
            throw (mapping["fields"] ?? mapping.place).error("\(field.key) is none of \(keys.joined(separator: ", "))")
        }
        return keys.map { key in given.first { $0.key == key } }
    }
}
