internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// Whether the process is alive, and whether it can serve.
struct HealthAPI {
    let portal: Portal

    @Sendable func live(_: Request, _: PortalContext) -> Response {
        .json(["status": "ok"])
    }

    /// Ready means that a write would reach the disk.
    @Sendable func ready(_: Request, _: PortalContext) async throws -> Response {
        try await portal.store.checkWritable()
        return .json(["status": "ready"])
    }
}
