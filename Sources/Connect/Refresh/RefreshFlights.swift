internal import Storage
internal import Synchronization

/// The refreshes that are under way in this process: whoever wants one that is there already shares it.
final class RefreshFlights: Sendable {
    private let flights = Mutex<[Connection.ID: Task<RefreshResult, Never>]>([:])

    /// The result of the flight that is there, or of a new one, which nobody's going away ends.
    func result(
        for id: Connection.ID,
        _ fly: @escaping @Sendable () async -> RefreshResult
    ) async -> RefreshResult {
        let flight = flights.withLock { flights in
            if let flight = flights[id] { return flight }
            let flight = Task.detached {
                let result = await fly()
                self.flights.withLock { $0[id] = nil }
                return result
            }
            flights[id] = flight
            return flight
        }
        return await flight.value
    }

    var count: Int { flights.withLock { $0.count } }

    /// Waits for all that are under way.
    func land() async {
        for flight in flights.withLock({ Array($0.values) }) { _ = await flight.value }
    }
}

/// How a refresh ended.
enum RefreshResult: Sendable {
    /// The connection has new tokens, from this flight or another.
    case live
    case failed(RefreshFailure.Kind)
    /// There is no such connection any more.
    case gone
    /// This is a copy of a database (see `Home`).
    case paused
    /// The database did not do what it should.
    case broken
}
