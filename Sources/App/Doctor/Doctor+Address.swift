import Connect
import Integrations
import OAuth

extension Doctor {
    /// The base of the redirect URI.
    var publicURLFinding: Finding {
        let url = settings.publicURL
        guard url.isLoopback else { return .good("public URL", url.text) }
        return .warning(
            "public URL",
            "\(url.text) is reached only from this machine",
            "Set PORTAL_PUBLIC_URL to the https address of the portal, unless this is a local test."
        )
    }

    /// What to register, and where.
    func redirectFindings(_ integration: Integration, _ apps: [KnownApp]) -> [Finding] {
        let places = [integration.website, integration.docs].compactMap(\.self).joined(separator: ", described at ")
        let place = places.isEmpty ? integration.displayName : places
        let addresses = apps.map(\.redirectURI).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return (addresses.isEmpty ? [portal.redirectURI] : addresses).map { address in
            .good("redirect URI", address, "Register exactly this in the OAuth app at \(place)")
        }
    }

    /// What a person would have to type before any address is known; nothing where all of that is given.
    func missingInputs(_ integration: Integration, _ addresses: [String]) -> Finding? {
        let missing = integration.inputs.filter { input in
            inputs[input.key] == nil && addresses.contains { $0.contains("{\(input.key)}") }
        }
        guard !missing.isEmpty else { return nil }
        let labels = missing.map(\.label).joined(separator: ", ")
        let options = missing.map { "--input \($0.key)=\($0.placeholder ?? "…")" }.joined(separator: " ")
        return .warning(
            "addresses",
            "\(labels) is asked from each person, and decides where to sign in",
            "Try it with one: connect-portal doctor \(integration.name) \(options)"
        )
    }
}
