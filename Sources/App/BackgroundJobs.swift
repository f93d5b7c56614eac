import Connect
import Logging
import ServiceLifecycle
import Storage
import Web

/// What runs beside the requests, until the program ends.
struct BackgroundJobs: Service {
    let portal: Portal
    let limits: RateLimits

    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for job in Job.all {
                group.addTask { await repeatedly(job.name, every: job.period) { try await portal.run(job) } }
            }
            group.addTask { await repeatedly("renewals", every: .seconds(1)) { try await portal.renewDue() } }
            guard portal.store.isShared else { return }
            group.addTask {
                await repeatedly("rate limits", every: .seconds(1)) { try await limits.share(through: portal) }
            }
        }
    }

    /// What fails now is tried again in its time.
    private func repeatedly(
        _ name: String,
        every period: Duration,
        _ work: @escaping @Sendable () async throws -> Void
    ) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await work() } catch {
                    portal.log.warning("background job failed", metadata: ["job": "\(name)", "error": "\(error)"])
                }
                try? await Task.sleep(for: period)
            }
        }
    }
}
