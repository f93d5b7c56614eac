internal import OAuth
internal import Yams

extension DefinitionReader {
    /// Who was connected: from a request, the id_token or the userinfo endpoint; nothing where there is no `account`, or
    /// where that has nothing but choices.
    static func account(
        in mapping: DefinitionMapping,
        of method: AuthOption.Method
    ) throws(DefinitionError) -> AccountLookup? {
        guard let account = try accountMapping(mapping) else { return nil }
        let given = ["request", "fromIdToken", "fromUserinfo"].filter { account[$0] != nil }
        guard given.count <= 1 else { throw account.place.error("has both \(given.joined(separator: " and "))") }
        guard let kind = given.first else {
            guard account["choices"] != nil else {
                throw account.place.error("request is missing, or fromIdToken, fromUserinfo or choices")
            }
            try account.refuse("id", "label", because: "belongs to request")
            return nil
        }
        if kind == "request" {
            return try lookup(
                .request(request(account.required("request"), in: allowedHosts(of: method))),
                in: account
            )
        }
        let place = try account.required(kind)
        let endpoints = method.signIn?.endpoints
        let isKnown = kind == "fromIdToken" ? endpoints?.keys != nil : endpoints?.userinfo != nil
        guard method.signIn?.isDiscovered == true || isKnown else {
            throw place.error("needs \(kind == "fromIdToken" ? "jwksUrl" : "userinfoUrl") or discovery in oauth2")
        }
        try account.refuse("id", "label", because: "belongs into \(kind)")
        return try lookup(kind == "fromIdToken" ? .idToken : .userinfo, in: place.mapping("id", "label"))
    }

    /// What a person picks from after they have agreed.
    static func choices(
        in mapping: DefinitionMapping,
        of method: AuthOption.Method
    ) throws(DefinitionError) -> ChoiceLookup? {
        guard let place = try accountMapping(mapping)?["choices"] else { return nil }
        guard method.signIn != nil else { throw place.error("only a sign-in at the provider leads to a choice") }
        let choices = try place.mapping("request", "items", "id", "label", "keepAs", "keep", "only")
        let id = try choices.path("id")
        let idName = try choices.text("keepAs")
        let kept = try choices.pathsByName("keep")
        for name in [idName] + kept.keys.sorted() where !DefinitionMapping.isName(name) {
            throw try choices.required(name == idName ? "keepAs" : "keep").error(
                "\(name) must be letters, digits and _, starting with a letter"
            )
        }
        guard kept[idName] == nil else { throw try choices.required("keep").error("\(idName) is the name of the id") }
        return ChoiceLookup(
            request: try request(choices.required("request"), in: allowedHosts(of: method)),
            itemsPath: try choices["items"]?.text().isEmpty == false ? choices.path("items") : "",
            idPath: id,
            labelPath: try choices.optionalPath("label") ?? id,
            idName: idName,
            kept: kept,
            condition: try choices.textsByPath("only")
        )
    }

    /// How callers use a credential.
    static func apiUse(in mapping: DefinitionMapping) throws(DefinitionError) -> APIUse? {
        guard let api = try mapping["api"]?.mapping("baseUrl", "basic", "headers") else { return nil }
        let basic = try api["basic"]?.mapping("username", "password")
        try refuseTwoAuthorizations(in: api)
        return APIUse(
            baseURL: try address("baseUrl", in: api),
            basic: try basic.map { (pair) throws(DefinitionError) in
                (try pair.optionalText("username") ?? "", try pair.optionalText("password") ?? "")
            },
            headers: try api.headers().sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        )
    }

    private static func accountMapping(_ mapping: DefinitionMapping) throws(DefinitionError) -> DefinitionMapping? {
        try mapping["account"]?.mapping("request", "id", "label", "fromIdToken", "fromUserinfo", "choices")
    }

    private static func lookup(
        _ source: AccountLookup.Source,
        in mapping: DefinitionMapping
    ) throws(DefinitionError) -> AccountLookup {
        let id = try mapping.path("id")
        return AccountLookup(source: source, idPath: id, labelPath: try mapping.optionalPath("label") ?? id)
    }

    private static func allowedHosts(of method: AuthOption.Method) -> [String] {
        switch method {
        case .oauth2(let template), .clientCredentials(let template, _, _): template.allowedHosts
        case .secretText, .basicAuth, .customAuth: []
        }
    }
}

extension AuthOption.Method {
    fileprivate var signIn: OAuthTemplate? { if case .oauth2(let template) = self { template } else { nil } }
}
