internal import OAuth

/// An issuer is one party with one set of endpoints, whichever integrations name it (RFC 9700 §4.4.2): a definition that
/// claims it with others could have its codes and tokens taken for the real one's.
enum IssuerCheck {
    static func faults(in integrations: [Integration]) -> [DefinitionError] {
        var known: [String: (endpoints: Endpoints, integration: String)] = [:]
        var faults: [DefinitionError] = []
        for integration in integrations.sorted(by: { $0.name < $1.name }) {
            for template in integration.auth.compactMap(\.oauth) where !template.isDiscovered {
                guard let issuer = template.endpoints.issuer, !issuer.contains("{") else { continue }
                let endpoints = Endpoints(template.endpoints)
                let first = known[issuer] ?? (endpoints, integration.name)
                known[issuer] = first
                if first.endpoints != endpoints {
                    let problem = "\(issuer) has other endpoints in \(first.integration)"
                    faults.append(
                        DefinitionError(file: "\(integration.name).yaml", line: nil, field: "issuer", problem: problem)
                    )
                }
            }
        }
        return faults
    }

    private struct Endpoints: Equatable {
        let authorization: String
        let token: String
        let keys: String?

        init(_ endpoints: ProviderEndpoints) {
            authorization = endpoints.authorization
            token = endpoints.token
            keys = endpoints.keys
        }
    }
}
