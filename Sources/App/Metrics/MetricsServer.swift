import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Prometheus
import ServiceLifecycle

/// `/metrics` on an address of its own, which nobody but Prometheus should reach.
struct MetricsServer: Service {
    let registry: Registry
    let address: ListenAddress
    let logger: Logger

    /// Throws `Failure` where the address cannot be listened on.
    func run() async throws {
        let router = Router()
        router.get("metrics") { [registry] _, _ in
            Response(
                status: .ok,
                headers: [.contentType: Registry.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: await registry.text()))
            )
        }
        let server = Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(120))),
            configuration: .init(address: .hostname(address.host, port: address.port)),
            logger: Wiring.quiet(logger)
        )
        do { try await server.run() } catch let error as IOError {
            throw Failure.failed(
                "cannot listen on \(address.host):\(address.port) (\(SettingName.metricsAddress.rawValue)): \(error.description)"
            )
        }
    }
}
