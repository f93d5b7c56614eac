import Integrations

/// Everything that one definition says, for a person.
struct DefinitionText {
    let integration: Integration
    /// Where it was read from.
    let source: String

    var text: String { Sheet(sections: [head] + integration.auth.map(section)).text }

    private var head: Sheet.Section {
        var section = Sheet.Section("\(integration.displayName) (\(integration.name))")
        section.add("what it is", integration.description)
        section.add("website", integration.website)
        section.add("facts from", integration.docs)
        section.add("checked", integration.checked)
        section.add("categories", integration.categories.map { $0.lowercased().replacing("_", with: " ") })
        section.add("definition", source)
        section.add("asked first", lines: integration.inputs.map(\.summary))
        return section
    }

    private func section(_ option: AuthOption) -> Sheet.Section {
        var section = Sheet.Section("\(option.displayName) (\(option.key), \(option.type))")
        section.add("about", option.description)
        section.add("people type", lines: option.fields.map(\.summary))
        if let oauth = option.issuer { OAuthText(oauth, option, integration).add(to: &section) }
        if let verification = option.verification {
            section.add("tried by", Self.text(verification.request))
            section.add("accepted at", verification.accept.map(String.init))
            section.add("refused at", verification.reject.map(String.init))
        }
        section.add("whose account", option.account?.summary)
        section.add("choice", option.choices?.summary)
        section.add("API", option.api?.baseURL)
        section.add("API user name", option.api?.basic?.username)
        section.add("API password", option.api?.basic?.password)
        section.add("API headers", lines: option.api?.headers.map { "\($0.name): \($0.value)" } ?? [])
        return section
    }

    /// The method and the address.
    static func text(_ request: RequestTemplate) -> String { "\(request.method) \(text(request.url))" }

    /// A template as it is written.
    static func text(_ template: Template) -> String {
        let names = Dictionary(template.placeholders.map { ($0, "{\($0)}") }, uniquingKeysWith: { first, _ in first })
        return (try? template.filled(with: names)) ?? ""
    }
}

extension Field {
    /// For example `subdomain: Zendesk address (acme.zendesk.com), must match [a-z]+`.
    fileprivate var summary: String {
        var parts = ["\(key): \(label)"]
        if prefix != nil || suffix != nil { parts[0] += " (\(prefix ?? "")…\(suffix ?? ""))" }
        parts.append(type.rawValue)
        if !required { parts.append("optional") }
        if !options.isEmpty { parts.append("one of \(options.map(\.value).joined(separator: " "))") }
        if let format { parts.append("as \(format.rawValue)") }
        if let pattern { parts.append("matching \(pattern)") }
        if let defaultValue { parts.append("else \(defaultValue)") }
        return parts.joined(separator: ", ")
    }
}

extension AccountLookup {
    fileprivate var summary: String {
        let place =
            switch source {
            case .request(let request): DefinitionText.text(request)
            case .idToken: "the id_token"
            case .userinfo: "the userinfo endpoint"
            }
        return "\(idPath)" + (labelPath == idPath ? "" : ", shown as \(labelPath)") + ", from \(place)"
    }
}

extension ChoiceLookup {
    fileprivate var summary: String {
        "one of \(DefinitionText.text(request)), kept as \(keptNames.joined(separator: ", "))"
    }
}
