internal import OAuth
internal import Yams

/// Proves at start that every placeholder of a definition has a source, and that a host cannot be taken over by one.
struct PlaceholderCheck {
    let integration: Integration
    let root: DefinitionNode

    func run() throws(DefinitionError) {
        let definition = try root.anyMapping()
        let inputs = Set(integration.inputs.map(\.key))
        for (option, place) in zip(integration.auth, try definition.required("auth").list()) {
            let mapping = try place.anyMapping()
            if let template = option.issuer {
                try check(template, at: mapping.required("oauth2").anyMapping(), knows: inputs)
            }
            let values = inputs.union(values(of: option))
            if let account = try mapping["account"]?.anyMapping() {
                try checkRequest(in: account, knows: values, option)
                if let choices = try account["choices"]?.anyMapping() {
                    try checkRequest(in: choices, knows: values, option)
                }
            }
            if let verification = try mapping["verification"]?.anyMapping() {
                try checkRequest(in: verification, knows: values, option)
            }
            if let api = mapping["api"] ?? definition["api"] {
                let chosen = option.choices?.keptNames.map { "data.\($0)" } ?? []
                try check(api, knows: values.union(option.fields.map(\.key)).union(chosen))
            }
        }
    }

    /// What a typed credential brings with it are its fields; with a grant the secret is never at hand.
    private func values(of option: AuthOption) -> Set<String> {
        guard let template = option.issuer else { return Set(option.fields.map(\.key)) }
        return dataNames(template).union(["accessToken", "clientId"])
    }

    private func dataNames(_ template: OAuthTemplate) -> Set<String> {
        Set((template.provider.keepFromCallback + template.provider.keepFromToken).map { "data.\($0)" })
    }

    private func check(
        _ template: OAuthTemplate,
        at oauth: DefinitionMapping,
        knows inputs: Set<String>
    ) throws(DefinitionError) {
        let known = inputs.union(template.appParameters.map { "app.\($0)" })
        let addresses = oauth.keys.filter { $0.hasSuffix("Url") || $0 == "issuer" }
        let parameters = ["authorizationParameters", "tokenParameters", "refreshParameters", "redirectUri"]
        for key in addresses + parameters { try check(oauth[key], knows: known) }
        for key in ["switchAccountParameters", "tokenHeaders"] { try check(oauth[key], knows: []) }
        let secrets = known.union(["accessToken", "clientId", "clientSecret"])
        try check(oauth["exchangeForLongLived"], knows: secrets)
        let refreshing = secrets.union(["refreshToken"])
        try check(oauth["refreshExchange"], knows: refreshing)
        try check(oauth["revocation"], knows: refreshing.union(dataNames(template)))

        guard template.allowedHosts.isEmpty else { return }
        let exchanges = ["exchangeForLongLived", "refreshExchange", "revocation"]
        var places = addresses.compactMap { oauth[$0] }
        for key in exchanges {
            if let url = try oauth[key]?.anyMapping()["url"] { places.append(url) }
        }
        for place in places where try !Template(place.text()).hostPlaceholders.isEmpty {
            throw place.error("has a placeholder in its host: name the hosts it may become in allowedHosts")
        }
    }

    private func checkRequest(
        in mapping: DefinitionMapping,
        knows: Set<String>,
        _ option: AuthOption
    ) throws(DefinitionError) {
        guard let request = mapping["request"] else { return }
        try check(request, knows: knows)
        guard option.issuer?.allowedHosts.isEmpty ?? true else { return }
        let url = try request.anyMapping().required("url")
        for name in Template(try url.text()).hostPlaceholders {
            let field = (integration.inputs + option.fields).first { $0.key == name }
            guard field?.pattern != nil || field?.type == .select else {
                throw url.error(
                    "{\(name)} stands in a host: give its field a pattern or options, or name allowedHosts"
                )
            }
        }
    }

    private func check(_ place: DefinitionNode?, knows: Set<String>) throws(DefinitionError) {
        for text in place?.leaves ?? [] {
            for name in Template(try text.text()).placeholders where !knows.contains(name) {
                let known = knows.isEmpty ? "no placeholder" : knows.sorted().joined(separator: ", ")
                throw text.error("{\(name)} has no input or field of that key; known here: \(known)")
            }
        }
    }
}
