internal import OAuth

/// Proves at start that every placeholder of a definition has a source, and that a host cannot be taken over by one.
struct PlaceholderCheck {
    let integration: Integration
    let root: DefinitionNode

    func run() throws(DefinitionError) {
        for option in integration.auth {
            let inputs = Set(integration.inputs.map(\.key))
            let typed = inputs.union(option.fields.map(\.key))
            if let oauth = option.oauth {
                let provider = oauth.provider
                for text in [provider.authorizationURL, provider.tokenURL, provider.revocationURL].compactMap({ $0 }) {
                    let template = Template(text)
                    try check(template, knows: inputs, option)
                    guard template.hostPlaceholders.isEmpty || !oauth.allowedHosts.isEmpty else {
                        throw error(
                            "\(text) has a placeholder in its host: name the hosts it may become in allowedHosts",
                            option
                        )
                    }
                }
                if let revocation = oauth.revocation { try check(revocation, knows: inputs, option) }
            }
            for request in [option.account?.request, option.verification?.request].compactMap({ $0 }) {
                try check(request, knows: typed, option)
            }
        }
    }

    private func check(_ request: RequestTemplate, knows: Set<String>, _ option: AuthOption) throws(DefinitionError) {
        let credential: Set<String> = option.oauth == nil ? [] : ["accessToken", "refreshToken"]
        for template in request.templates {
            try check(template, knows: knows.union(credential), option)
        }
        for name in request.url.hostPlaceholders {
            let field = (integration.inputs + option.fields).first { $0.key == name }
            guard field?.pattern != nil || field?.type == .select else {
                throw error("{\(name)} stands in a host: give its field a pattern or options", option)
            }
        }
    }

    private func check(_ template: Template, knows: Set<String>, _ option: AuthOption) throws(DefinitionError) {
        for name in template.placeholders where !knows.contains(name) && !name.hasPrefix("data.") {
            throw error("{\(name)} has no input or field of that key", option)
        }
    }

    private func error(_ problem: String, _ option: AuthOption) -> DefinitionError {
        DefinitionError(file: root.file, line: nil, field: "auth.\(option.key)", problem: problem)
    }
}
