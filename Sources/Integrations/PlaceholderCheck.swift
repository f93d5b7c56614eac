internal import OAuth

/// Proves at start that every placeholder of a definition has a source, and that a host cannot be taken over by one.
struct PlaceholderCheck {
    let integration: Integration
    let root: DefinitionNode

    func run() throws(DefinitionError) {
        for option in integration.auth {
            if let template = option.issuer { try check(template, option) }
            let values = inputs.union(option.fields.map(\.key)).union(grantValues(option))
            let kept = option.issuer.map { dataNames($0) } ?? []
            for request in [option.account?.request, option.choices?.request].compactMap(\.self) {
                try check(request, knows: values.union(kept), option)
            }
            if let verification = option.verification { try check(verification.request, knows: values, option) }
            let chosen = option.choices?.keptNames.map { "data.\($0)" } ?? []
            for template in option.api?.templates ?? [] {
                try check(template, knows: values.union(kept).union(chosen), option)
            }
        }
    }

    private var inputs: Set<String> { Set(integration.inputs.map(\.key)) }

    /// What a grant brings with it; a typed credential brings its fields.
    private func grantValues(_ option: AuthOption) -> Set<String> {
        option.issuer == nil ? [] : ["accessToken", "clientId"]
    }

    private func dataNames(_ template: OAuthTemplate) -> Set<String> {
        Set((template.provider.keepFromCallback + template.provider.keepFromToken).map { "data.\($0)" })
    }

    private func check(_ template: OAuthTemplate, _ option: AuthOption) throws(DefinitionError) {
        let provider = template.provider
        let known = inputs.union(template.appParameters.map { "app.\($0)" })
        for text in provider.endpoints.addresses {
            let address = Template(text)
            try check(address, knows: known, option)
            guard address.hostPlaceholders.isEmpty || !template.allowedHosts.isEmpty else {
                throw error(
                    "\(text) has a placeholder in its host: name the hosts it may become in allowedHosts",
                    option
                )
            }
        }
        let parameters = [provider.authorizationParameters, provider.tokenParameters, provider.refreshParameters]
        for text in parameters.flatMap(\.values) + [provider.redirectURI].compactMap(\.self) {
            try check(Template(text), knows: known, option)
        }
        let secrets = known.union(["accessToken", "clientId", "clientSecret"])
        for text in template.longLivedExchange?.templates ?? [] { try check(text, knows: secrets, option) }
        let refreshing = secrets.union(["refreshToken"])
        for text in template.refreshExchange?.templates ?? [] { try check(text, knows: refreshing, option) }
        if let revocation = template.revocation {
            try check(revocation, knows: refreshing.union(dataNames(template)), option)
        }
    }

    private func check(_ request: RequestTemplate, knows: Set<String>, _ option: AuthOption) throws(DefinitionError) {
        for template in request.templates { try check(template, knows: knows, option) }
        for name in request.url.hostPlaceholders where request.allowedHosts.isEmpty {
            let field = (integration.inputs + option.fields).first { $0.key == name }
            guard field?.pattern != nil || field?.type == .select else {
                throw error(
                    "{\(name)} stands in a host: give its field a pattern or options, or name allowedHosts",
                    option
                )
            }
        }
    }

    private func check(_ template: Template, knows: Set<String>, _ option: AuthOption) throws(DefinitionError) {
        for name in template.placeholders where !knows.contains(name) {
            let known = knows.sorted().joined(separator: ", ")
            throw error("{\(name)} has no input or field of that key; known here: \(known)", option)
        }
    }

    private func error(_ problem: String, _ option: AuthOption) -> DefinitionError {
        DefinitionError(file: root.file, line: nil, field: "auth.\(option.key)", problem: problem)
    }
}

extension AccountLookup {
    fileprivate var request: RequestTemplate? {
        if case .request(let request) = source { request } else { nil }
    }
}
