import Connect
import ServiceLifecycle

/// Keeps the program, and the network with it, until refreshes and revocations that are under way have their answers.
struct Errands: Service {
    let portal: Portal

    func run() async throws {
        try await gracefulShutdown()
        await portal.finishErrands()
    }
}
