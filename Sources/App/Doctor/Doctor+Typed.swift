import Integrations
import OAuth

extension Doctor {
    /// Credentials that people type.
    mutating func examine(typed option: AuthOption, of integration: Integration) async {
        let typed = "people type \(option.fields.map(\.label).joined(separator: ", "))"
        guard let request = option.verification?.request else {
            return report.add(.good("credentials", "\(typed); saved as typed, since there is no way to try them"))
        }
        let address = DefinitionText.text(request.url)
        report.add(.good("credentials", "\(typed); tried by \(request.method) \(address) before they are saved"))
        if let missing = missingInputs(integration, [address]) { return report.add(missing) }
        var values = inputs
        for field in option.fields { values[field.key] = values[field.key] ?? "x" }
        if let origin = (try? request.message(with: values)).flatMap({ WebAddress($0.url) })?.origin {
            await reach(origin, for: "checking credentials")
        }
    }

    /// Clients of people's own (RFC 6749 §4.4).
    mutating func examine(ownClientsAt oauth: OAuthTemplate, of integration: Integration) async {
        report.add(
            .good("credentials", "people type a client id and secret of their own; tried by asking for a first token")
        )
        if let missing = missingInputs(integration, oauth.endpoints.addresses) { return report.add(missing) }
        if let provider = try? oauth.provider(with: inputs) { await examine(provider.endpoints) }
    }
}
