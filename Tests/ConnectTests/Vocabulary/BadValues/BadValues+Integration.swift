extension BadValue {
    static let integrations = [
        BadValue(.integration, "name: Acme", "a-z"),
        BadValue(.integration, "name:", at: "", "name is missing"),
        BadValue(.integration, "displayName: \"\"", "must not be empty"),
        BadValue(.integration, "description:", at: "", "description is missing"),
        BadValue(.integration, "categories: [FUN]", "FUN is none of ACCOUNTING"),
        BadValue(.integration, "categories: []", "must name one"),
        BadValue(.integration, "color: red", "#1A2B3C"),
        BadValue(.integration, "website: http://acme.example", "https"),
        BadValue(.integration, "docs: acme.example/docs", "https"),
        BadValue(.integration, "checked: 21.11.2026", "2026-11-21"),
        BadValue(.integration, "checked: 2026-13-01", "2026-11-21"),
        BadValue(.integration, "inputs: [{key: a, label: A}, {key: a, label: B}]", at: "inputs[1]", "occurs twice"),
        BadValue(.integration, "inputs: [{key: accessToken, label: A}]", at: "auth[0]", "key of an input already"),
        BadValue(.integration, "inputs: [{key: secret, label: A}]", at: "auth[1]", "key of an input already"),
        BadValue(.integration, "auth: []", "at least one"),
        BadValue(
            .integration,
            "auth: [{key: a, type: SECRET_TEXT, displayName: A}, {key: a, type: BASIC_AUTH, displayName: B}]",
            at: "auth[1]",
            "occurs twice"
        ),
        BadValue(.integration, "color: \"#112233\"\ncolour: red", at: "colour", "unknown key"),
    ]

    static let inputs = [
        BadValue(.input, "key: 1a", "letters, digits"),
        BadValue(.input, "key: app.name", "letters, digits"),
        BadValue(.input, "label: \"\"", "must not be empty"),
        BadValue(.input, "type: password", "text, secret"),
        BadValue(.input, "required: maybe", "true or false"),
        BadValue(.input, "pattern: \"[a-\"", "regular expression"),
        BadValue(.input, "format: phone", "hostname, uri"),
        BadValue(.input, "type: select", at: "inputs[0]", "options is missing"),
        BadValue(.input, "options: [{value: eu}]", "select"),
        BadValue(.input, "type: select\noptions: [{label: Europe}]", at: "options[0]", "value is missing"),
        BadValue(.input, "default: EU", "not taken").given(.input, "pattern: \"[a-z]+\""),
        BadValue(.input, "default: us", "not taken").given(.input, "type: select\noptions: [{value: eu}]"),
        BadValue(.inputOption, "value: \"\"", "must not be empty"),
    ]

    static let options = [
        BadValue(.option, "key: sign in", "letters, digits"),
        BadValue(.option, "key: api_key", at: "auth[1]", "occurs twice"),
        BadValue(.option, "type: IMPLICIT", "OAUTH2"),
        BadValue(.option, "displayName:", at: "auth[0]", "displayName is missing"),
        BadValue(.option, "oauth2:", at: "auth[0]", "oauth2 is missing"),
        BadValue(.option, "fields: [{key: secret, label: Key}]", "an OAUTH2 option has none"),
        BadValue(.option, "verification: {request: {url: https://acme.example/me}}", "not tried"),
        BadValue(.keyOption, "oauth2: {tokenUrl: https://acme.example/token}", "only an OAUTH2 option"),
        BadValue(.keyOption, "fields: [{key: token, label: Key}]", "token is none of secret"),
        BadValue(
            .keyOption,
            "fields: [{key: secret, label: A}, {key: secret, label: B}]",
            at: "fields[1]",
            "occurs twice"
        ),
        BadValue(.keyOption, "type: CUSTOM_AUTH\nfields:", at: "auth[1]", "fields is missing"),
        BadValue(.keyOption, "type: BASIC_AUTH", at: "fields", "secret is none of username, password"),
        BadValue(
            .keyOption,
            "account: {choices: {request: {url: https://acme.example/s}, id: id, keepAs: a}}",
            at: "account.choices",
            "only a sign-in"
        ),
        BadValue(.keyOption, "account: {fromIdToken: {id: sub}}", at: "account.fromIdToken", "needs jwksUrl"),
        BadValue(.keyOption, "account: {fromUserinfo: {id: sub}}", at: "account.fromUserinfo", "needs userinfoUrl"),
        BadValue(
            .keyOption,
            "account: {request: {url: \"https://acme.example/{accessToken}\"}, id: id}",
            at: "account.request.url",
            "{accessToken}"
        ),
    ]

    static let apis = [Level.api, .optionAPI].flatMap { level in
        [
            BadValue(level, "baseUrl: http://acme.example", "https"),
            BadValue(level, "baseUrl: https://{data.host}/v1", "{data.host}"),
            BadValue(level, "basic: {username: \"{nobody}\"}", at: "basic.username", "{nobody}"),
            BadValue(level, "headers: {Acme: \"{nobody}\"}", at: "headers.Acme", "{nobody}"),
            BadValue(level, "basic: {username: a}\nheaders: {authorization: b}", at: "basic", "already"),
            BadValue(level, "headers: {Acme Region: eu}", "name of a header"),
        ]
    }
}
