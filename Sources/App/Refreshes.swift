import Connect
import ServiceLifecycle

/// Keeps the program, and the network with it, until the refreshes that are under way have their answers.
struct Refreshes: Service {
    let portal: Portal

    func run() async throws {
        try await gracefulShutdown()
        await portal.finishRefreshes()
    }
}
