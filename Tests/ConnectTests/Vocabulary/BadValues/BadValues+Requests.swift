extension BadValue {
    static let accounts = [
        BadValue(.account, "request:\nid:", at: "account", "request is missing"),
        BadValue(.account, "id:", at: "account", "id is missing"),
        BadValue(.account, "fromIdToken: {id: sub}", at: "account", "both request and fromIdToken"),
        BadValue(.account, "request:\nid:\nfromIdToken: {id: sub}", at: "fromIdToken", "needs jwksUrl"),
        BadValue(.account, "request:\nid:\nfromUserinfo: {id: sub}", at: "fromUserinfo", "needs userinfoUrl"),
        BadValue(.account, "request:\nfromIdToken: {id: sub}", at: "id", "belongs into fromIdToken").given(
            Level.identity
        ),
        BadValue(.account, "label: \"\"", "dot path"),
        BadValue(.account, "id: a..b", "dot path"),
        BadValue(.fromIdToken, "id:", at: "fromIdToken", "id is missing"),
        BadValue(.fromUserinfo, "label: \"\"", "dot path"),
        BadValue(
            .account,
            "request:\nlabel: name\nid:\nchoices: {request: {url: https://acme.example/s}, id: id, keepAs: a}",
            at: "label",
            "belongs to request"
        ),
        BadValue(.choices, "request:", at: "choices", "request is missing"),
        BadValue(.choices, "id:", at: "choices", "id is missing"),
        BadValue(.choices, "items: a..b", "dot path"),
        BadValue(.choices, "label: a.", "dot path"),
        BadValue(.choices, "keepAs:", at: "choices", "keepAs is missing"),
        BadValue(.choices, "keepAs: site id", "letters, digits"),
        BadValue(.choices, "keep: {site name: name}", "letters, digits"),
        BadValue(.choices, "keep: {site: name}", "site is the name of the id"),
        BadValue(.choices, "keep: {siteName: \"\"}", "dot path"),
        BadValue(.choices, "only: [open]", "mapping"),
        BadValue(.choices, "only: {\"\": open}", "dot path"),
        BadValue(.verification, "request:", at: "verification", "request is missing"),
        BadValue(.verification, "accept: [20]", at: "accept[0]", "200 to 499"),
        BadValue(.verification, "accept: 200", "must be a list"),
        BadValue(.verification, "reject: [500]", at: "reject[0]", "200 to 499"),
        BadValue(.verification, "reject: [never]", at: "reject[0]", "200 to 499"),
        BadValue(.verification, "reject: [409]", "409 is accepted already").given(.verification, "accept: [409]"),
    ]

    static let requests = [Level.accountRequest, .choicesRequest, .verificationRequest, .revocation].flatMap { level in
        [
            BadValue(level, "method: TRACE", "GET, POST, PUT, DELETE"),
            BadValue(level, "url:", at: level == .revocation ? "revocation" : "request", "url is missing"),
            BadValue(level, "url: http://acme.example", "https"),
            BadValue(level, "url: \"https://acme.example/{nobody}\"", "{nobody}"),
            BadValue(level, "url: \"https://acme.example/{data.site}\"", "{data.site}"),
            BadValue(
                level,
                "url: \"https://{region}.acme.example/\"",
                level == .revocation ? "allowedHosts" : "{region} stands in a host"
            ),
            BadValue(level, "basic: {user: a}", at: "basic.user", "unknown key"),
            BadValue(level, "basic: {username: \"{nobody}\"}", at: "basic.username", "{nobody}"),
            BadValue(level, "basic: {username: a}\nheaders: {authorization: b}", at: "basic", "already"),
            BadValue(level, "headers: {Acme: \"{nobody}\"}", at: "headers.Acme", "{nobody}"),
            BadValue(level, "headers: {Acme Region: eu}", "name of a header"),
            BadValue(level, "headers: {Acme: \"a\\nb\"}", "one line"),
            BadValue(level, "body: \"{nobody}\"", "{nobody}"),
        ]
    }
}
