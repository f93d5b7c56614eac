internal import Connect
internal import Hummingbird
internal import OAuth

/// Serves pages only under the public URL: cookies, links and the redirect URI belong to that one host.
struct OwnHost: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let own = portal.publicURL.origin.drop { $0 != "/" }.drop { $0 == "/" }
        guard request.head.authority?.lowercased() == String(own) else {
            throw PageError(.misdirectedRequest, .elsewhere, names: ["address": portal.publicURL.origin])
        }
        return try await next(request, context)
    }
}
