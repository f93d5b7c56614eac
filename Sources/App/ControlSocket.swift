import Connect
import Foundation
import Hummingbird
import Logging
import Outbound
import Storage
import StrictJSON

/// A socket file beside the database through which commands reach the running server.
///
/// One process writes a SQLite file. A command that would write asks the server instead, and only the user who owns the
/// socket file can. Nothing of it is reachable from the network.
enum ControlSocket {
    static func server(portal: Portal, path: String, logger: Logger) -> some ApplicationProtocol {
        unlink(path)
        let router = Router()
        add(APIKeyAction.self, to: router, portal)
        add(IssuerAction.self, to: router, portal)
        add(KeysAction.self, to: router, portal)
        add(RefreshesAction.self, to: router, portal)
        return Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in chmod(path, 0o600) },
            logger: Wiring.quiet(logger)
        )
    }

    private static func add(
        _ kind: (some ControlAction).Type,
        to router: Router<BasicRequestContext>,
        _ portal: Portal
    ) {
        router.post("/\(kind.path)/:action") { request, context in
            let action = try context.parameters.require("action")
            let body = try JSON.parse(Array(buffer: try await request.body.collect(upTo: 65536)))
            let answer = await kind.answer(action, argument: body["argument"]?.string ?? "", portal: portal)
            return String(decoding: answer.bytes, as: UTF8.self)
        }
    }

    /// What a command asks for, done by the running server if there is one, else right here.
    ///
    /// Throws `Failure` for a refusal.
    static func perform(_ kind: (some ControlAction).Type, _ action: String, argument: String) async throws -> JSON {
        var settings = try Settings(try await SettingSource())
        settings.logLevel = .error
        let answer = try await answer(kind, action, argument: argument, settings)
        if let problem = answer["error"]?.string { throw Failure.failed(problem) }
        return answer
    }

    private static func answer(
        _ kind: (some ControlAction).Type,
        _ action: String,
        argument: String,
        _ settings: Settings
    ) async throws -> JSON {
        let wiring: Wiring
        do { wiring = try await Wiring(settings) } catch let error as DatabaseInUseError {
            guard let path = settings.controlSocketPath else { throw error }
            return try await ask(kind, action, argument: argument, path: path)
        }
        let answer = await kind.answer(action, argument: argument, portal: wiring.portal)
        try await wiring.shutDown()
        return answer
    }

    /// Asks the running server.
    private static func ask(
        _ kind: (some ControlAction).Type,
        _ action: String,
        argument: String,
        path: String
    ) async throws -> JSON {
        let client = try OutboundClient(policy: AddressPolicy(privateTargets: []))
        var request = OutboundRequest(
            .post,
            "http://localhost/\(kind.path)/\(action)",
            body: JSON.object(["argument": .string(argument)]).bytes,
            unixSocketPath: path
        )
        request.limits.timeout = kind.timeout
        do {
            let response = try await client.execute(request)
            await client.shutDown()
            return try JSON.parse(response.body)
        } catch {
            await client.shutDown()
            throw Failure.failed("the running server does not answer on \(path)")
        }
    }
}

/// A kind of actions that commands ask for, which the running server does in their place.
protocol ControlAction: SendableMetatype {
    /// Its name in the socket's addresses.
    static var path: String { get }
    /// How long an answer may take.
    static var timeout: Duration { get }
    /// The answer; a refusal of the domain's is thrown as `PortalError` or `Failure`.
    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON
}

extension ControlAction {
    static var timeout: Duration { .seconds(15) }

    /// The answer, or the refusal as `{"error": …}`.
    fileprivate static func answer(_ action: String, argument: String, portal: Portal) async -> JSON {
        do { return try await run(action, argument: argument, portal: portal) } catch {
            return ["error": .string(Failure(describing: error).message)]
        }
    }
}

extension Settings {
    /// Nothing with PostgreSQL, to which commands can write by themselves.
    var controlSocketPath: String? {
        guard case .sqlite(let path) = database else { return nil }
        return path + ".socket"
    }
}
