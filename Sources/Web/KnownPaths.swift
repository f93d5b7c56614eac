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

/// Answers 405 with `Allow` where the router knows the path but not the method.
struct OtherMethods: RouterMiddleware {
    let paths: KnownPaths

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard let allowed = paths.allowed(at: request.uri.path), !allowed.contains(request.method) else {
            return try await next(request, context)
        }
        throw MethodNotAllowed(allowed: allowed)
    }
}
