internal import Storage

extension Portal {
    /// Does a job that is due, unless another process has it: once for all of them together in each period.
    ///
    /// A process that ends in the middle keeps the others from the job for one period.
    public func run(_ job: Job) async throws {
        let (now, owner) = (now(), processID)
        let isOurs = try await store.write { transaction in
            try transaction.takeLease(job.name, for: owner, from: now, until: now + job.period)
        }
        if isOurs { try await job.work(self) }
    }
}

/// Something to do from time to time that nobody asked for.
public struct Job: Sendable {
    public let name: String
    public let period: Duration
    let work: @Sendable (Portal) async throws -> Void

    public static let all = [removeExpired, dropAbandoned, watchIssuers, mistrustPlans, revokeRemoved, pruneActivity]
}
