internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// The path exists, the method does not (RFC 9110 §15.5.6).
struct MethodNotAllowed: Error {
    let allowed: Set<HTTPRequest.Method>
}

/// The paths of the route table, to tell an unknown address from a method that an address does not take.
final class KnownPaths: Sendable {
    private struct Path {
        let segments: [Substring]
        let allowed: Set<HTTPRequest.Method>

        var variables: Int { segments.count { $0.hasPrefix("{") } }
    }

    private let paths = Mutex<[Path]>([])

    /// Takes the table once it is complete.
    func learn(_ router: Router<PortalContext>) {
        let table = Dictionary(grouping: router.routes) { $0.path.description }.map { path, routes in
            var allowed = Set(routes.map(\.method))
            if allowed.contains(.get) { allowed.insert(.head) }
            return Path(segments: path.split(separator: "/"), allowed: allowed)
        }
        paths.withLock { $0 = table }
    }

    /// The error to answer with in the place of this one: the router finds nothing also where it knows the path, but
    /// not the method.
    func refusal(of error: any Error, _ request: Request) -> any Error {
        guard (error as? HTTPError)?.status == .notFound, let allowed = allowed(at: request.uri.path),
            !allowed.contains(request.method)
        else { return error }
        return MethodNotAllowed(allowed: allowed)
    }

    /// The methods that an address takes; nothing where there is none such.
    ///
    /// A path that is spelt out goes before one with a variable, as `connections/resolve` before `connections/{id}`.
    func allowed(at path: String) -> Set<HTTPRequest.Method>? {
        let segments = path.split(separator: "/")
        return paths.withLock { $0 }
            .filter { known in
                known.segments.count == segments.count
                    && zip(known.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }
            .min { $0.variables < $1.variables }?
            .allowed
    }
}
