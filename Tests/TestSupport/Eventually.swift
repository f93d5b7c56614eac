/// Waits until something is so that comes about by itself; throws `NeverCame` when it does not within a minute.
public func eventually(_ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw NeverCame() }
        try await Task.sleep(for: .milliseconds(1))
    }
}

public struct NeverCame: Error {}
