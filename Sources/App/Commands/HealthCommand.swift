import ArgumentParser
import Outbound

/// `connect-portal health`: ask the server on this machine, for schedulers that know only exit codes.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the running server whether it is well; exit code 1 where it is not."
    )

    @Flag(help: "Ask also whether it can write to its database.")
    var ready = false

    func run() async throws {
        try await reportingFailure {
            let settings = try Settings(try await SettingSource())
            let host = Self.reachable(settings.host)
            let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(settings.port)/\(ready ? "ready" : "health")"
            var request = OutboundRequest(.get, url)
            request.limits.timeout = .seconds(4)
            let client = try OutboundClient(
                policy: AddressPolicy(
                    privateTargets: [try PrivateTarget("0.0.0.0/0"), try PrivateTarget("[::]/0")]
                ),
                logger: Wiring.silent
            )
            let answer = try? await client.execute(request)
            await client.shutDown()
            guard let answer else { throw Failure.failed("\(url) does not answer") }
            guard answer.status == 200 else { throw Failure.failed("\(url) answers with status \(answer.status)") }
            print("ok")
        }
    }

    /// Who listens everywhere is also here.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }
}
