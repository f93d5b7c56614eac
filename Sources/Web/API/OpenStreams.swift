internal import Storage
internal import Synchronization

/// How many event streams follow each session: a few windows of one person do, a flood does not.
final class OpenStreams: Sendable {
    private let counts = Mutex<[ConnectSession.ID: Int]>([:])
    private static let limit = 8

    /// A stream's place, which is free again when nobody holds it; nothing where there are too many.
    func open(_ session: ConnectSession.ID) -> Place? {
        counts.withLock { counts in
            guard counts[session, default: 0] < Self.limit else { return nil }
            counts[session, default: 0] += 1
            return Place(streams: self, session: session)
        }
    }

    private func close(_ session: ConnectSession.ID) {
        counts.withLock { counts in
            let left = counts[session, default: 1] - 1
            counts[session] = left > 0 ? left : nil
        }
    }

    final class Place: Sendable {
        private let streams: OpenStreams
        private let session: ConnectSession.ID

        fileprivate init(streams: OpenStreams, session: ConnectSession.ID) {
            self.streams = streams
            self.session = session
        }

        deinit { streams.close(session) }
    }
}
