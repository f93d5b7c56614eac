internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// The path exists, the method does not (RFC 9110 §15.5.6).
struct MethodNotAllowed: Error {
    let allowed: [HTTPRequest.Method]
}

extension Router {
    /// Answers 405 with `Allow` for every other method of each path in the table.
    func refuseOtherMethods() {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
        let byPath = Dictionary(grouping: routes) { $0.path.description }
        for routes in byPath.values {
            guard let path = routes.first?.path else { continue }
            var allowed = routes.map(\.method)
            if allowed.contains(.get) { allowed.append(.head) }
            let known = allowed
            for method in methods where !known.contains(method) {
                on(path, method: method) { _, _ -> Response in throw MethodNotAllowed(allowed: known) }
            }
        }
    }
}
