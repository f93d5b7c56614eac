public import Connect
public import Hummingbird

/// The table of contents: every address of the portal and who answers it.
public enum Routes {
    public static func router(portal: Portal, pages: Pages, files: PublicFiles) -> Router<PortalContext> {
        let router = Router(context: PortalContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestIDs(random: portal.random))
        router.add(middleware: RequestLog(now: portal.now))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ErrorResponses(pages: pages))

        // What the operator's tools ask.
        let health = HealthAPI(portal: portal)
        router.get("health", use: health.live)
        router.get("ready", use: health.ready)

        // What needs no key: the catalog, and what a connect token opens.
        let integrations = IntegrationsAPI(portal: portal)
        let sessions = ConnectSessionAPI(portal: portal)
        let open = router.group("api/v1")
        open.get("integrations", use: integrations.list)
        open.post("connect/session/poll", use: sessions.poll)
        open.on("connect/session/poll", method: .options, use: sessions.pollPreflight)

        // What an app's backend calls with its key.
        let connections = ConnectionsAPI(portal: portal)
        let api = router.group("api/v1").add(middleware: CheckAPIKey(portal: portal)).group(context: APIContext.self)
        api.post("connect/token", use: sessions.mint)
        api.get("connect/session/:id", use: sessions.get)
        api.get("connections", use: connections.list)
        api.delete("connections/:id", use: connections.delete)

        // What a person sees.
        let connect = ConnectPages(portal: portal, pages: pages)
        let hosted = router.group().add(middleware: OwnHost(portal: portal))
        hosted.get("connect", use: connect.open)
        hosted.get("connect/:session", use: connect.show)
        hosted.post("connect/:session", use: connect.begin)
        hosted.post("connect/:session/cancel", use: connect.cancel)
        hosted.get("api/v1/connect/oauth-callback", use: connect.finish)

        // Styles and scripts.
        router.get("assets/:file", use: files.get)
        router.get("favicon.svg", use: files.get("favicon.svg"))
        router.get("connect.js", use: files.get("connect.js"))

        router.refuseOtherMethods()
        return router
    }
}
