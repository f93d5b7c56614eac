import OAuth

@testable import Integrations
@testable import Outbound

extension Target {
    /// A definition as an operator writes it: what is taken can be used, and reaches no host but its own.
    static let definition = Target("definition") { sample in
        let text = sample.text
        let name = sample.lines.first { $0.hasPrefix("name: ") }.map { String($0.dropFirst("name: ".count)) } ?? "x"
        do throws(DefinitionError) {
            let integration = try DefinitionReader.integration(yaml: text, file: "\(name).yaml")
            expect(integration.name == name, "a definition is named as its file")
            expect(!integration.auth.isEmpty, "there is a way to connect")
            for option in integration.auth { check(option, of: integration) }
            _ = IssuerCheck.faults(in: [integration])
        } catch { expect(!error.problem.isEmpty && !error.description.isEmpty, "a fault is told") }
    }

    private static func check(_ option: AuthOption, of integration: Integration) {
        var values = ["accessToken": "t", "refreshToken": "r", "clientId": "c", "clientSecret": "s"]
        for field in integration.inputs + option.fields {
            values[field.key] = (try? field.value(from: field.options.first?.value ?? "acme")) ?? "acme"
        }
        for parameter in integration.appParameters { values["app.\(parameter)"] = "acme" }
        if let template = option.issuer {
            if let provider = try? template.provider(with: values) {
                for address in provider.endpoints.addresses { check(address) }
            }
            for exchange in [template.longLivedExchange, template.refreshExchange].compactMap(\.self) {
                if let message = try? exchange.message(with: values) { check(message.url) }
            }
            if let message = try? template.revocation?.message(with: values) { check(message.url) }
            _ = template.formActionSources
        }
        if let message = try? option.verification?.request.message(with: values) { check(message.url) }
        if case .request(let request)? = option.account?.source, let message = try? request.message(with: values) {
            check(message.url)
        }
    }

    private static func check(_ address: String) {
        guard let read = WebAddress(address), let url = try? OutboundURL(address) else {
            fatalError("\(address) is an address")
        }
        expect(url.host == read.host, "libcurl calls \(read.host)")
    }
}
