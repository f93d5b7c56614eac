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
        router.post("/api-key/:action") { request, context in
            let action = try context.parameters.require("action")
            let body = try JSON.parse(Array(buffer: try await request.body.collect(upTo: 65536)))
            let answer = try await APIKeyAction.run(action, argument: body["argument"]?.string ?? "", portal: portal)
            return String(decoding: answer.bytes, as: UTF8.self)
        }
        return Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in chmod(path, 0o600) },
            logger: Wiring.quiet(logger)
        )
    }

    /// Asks the running server.
    static func ask(_ action: String, argument: String, path: String) async throws -> JSON {
        let client = try OutboundClient(policy: AddressPolicy(privateTargets: []))
        let request = OutboundRequest(
            .post,
            "http://localhost/api-key/\(action)",
            body: JSON.object(["argument": .string(argument)]).bytes,
            unixSocketPath: path
        )
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

extension Settings {
    /// Nothing with PostgreSQL, to which commands can write by themselves.
    var controlSocketPath: String? {
        guard case .sqlite(let path) = database else { return nil }
        return path + ".socket"
    }
}
