import ArgumentParser
import Connect
import Integrations

/// `connect-portal doctor [INTEGRATION]`: what keeps people from connecting, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find out what keeps people from connecting, and what to do about it.",
        discussion: """
            Looks at this installation or, with a name, at everything that one integration needs: the OAuth app, the \
            provider's addresses, and what the provider answers. Works beside a running server with the same settings, and \
            only reads the database. ✓ is good, ! may be, ✗ is bad; the exit code is 1 where anything is bad.
            """
    )

    @Argument(help: "The integration's name, as `connect-portal integrations list` has it.") var integration: String?

    @Option(help: "What a person would type first, such as subdomain=acme; as often as needed.")
    var input: [String] = []

    @Flag(help: "Leave out the token request with a made-up code, which the provider refuses and may log.")
    var skipTokenRequest = false

    @Option(help: "Only explain an error of a provider's, such as redirect_uri_mismatch or AADSTS50011.")
    var explain: String?

    func run() async throws {
        var isGood = true
        try await reportingFailure {
            if let explain { return try Self.explain(explain) }
            isGood = try await examine()
        }
        guard isGood else { throw ExitCode.failure }
    }

    private func examine() async throws -> Bool {
        let parts = try await ReadOnlyParts(Settings(try await SettingSource()))
        let isGood: Bool
        do { isGood = try await examine(parts) } catch {
            try? await parts.close()
            throw error
        }
        try await parts.close()
        Announcement.say("")
        return isGood
    }

    private func examine(_ parts: ReadOnlyParts) async throws -> Bool {
        guard let name = integration else {
            var doctor = Doctor(parts)
            try await doctor.examineInstallation(parts)
            return doctor.report.isGood
        }
        let found = try parts.portal.catalog.require(name)
        var doctor = Doctor(parts, inputs: try inputs(of: found), asksTokenEndpoint: !skipTokenRequest)
        doctor.report.add(parts.findings.filter { $0.sign != .good })
        try await doctor.examine(found)
        return doctor.report.isGood
    }

    /// What was given for the integration's inputs, checked as the form does; others keep their defaults.
    private func inputs(of integration: Integration) throws -> [String: String] {
        var values: [String: String] = [:]
        for field in integration.inputs { values[field.key] = field.defaultValue }
        for pair in input {
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2, let field = integration.inputs.first(where: { $0.key == halves[0] }) else {
                let known = integration.inputs.map { "\($0.key)=…" }.joined(separator: ", ")
                throw Failure.failed("--input \(pair): \(integration.name) knows \(known.isEmpty ? "none" : known)")
            }
            do { values[field.key] = try field.value(from: halves[1]) } catch {
                throw Failure.failed("--input \(pair): \(error.sentence)")
            }
        }
        return values
    }

    private static func explain(_ error: String) throws {
        guard let help = OAuthErrorHelp.of(error) else {
            throw Failure.failed("\(error) is not in the list; the provider's documentation may name it")
        }
        Announcement.say("\(help.code)\n\(help.meaning)\n\(help.advice)")
    }
}

extension Catalog {
    /// The integration of a name; throws `Failure` that names those like it.
    func require(_ name: String) throws -> Integration {
        if let found = self[name] { return found }
        let wanted = name.lowercased()
        let alike = integrations.filter { $0.name.contains(wanted) || wanted.contains($0.name) }.map(\.name).prefix(8)
        let question = "did you mean \(alike.joined(separator: ", "))?"
        let advice = alike.isEmpty ? "`connect-portal integrations list` has the names" : question
        throw Failure.failed("there is no integration \(name): \(advice)")
    }
}
