public import Connect
public import Hummingbird
internal import OAuth
public import Prometheus

/// The table of contents: every address of the portal and who answers it.
public enum Routes {
    public static func router(
        portal: Portal,
        pages: Pages,
        files: PublicFiles,
        limits: RateLimits = RateLimits(),
        registry: Registry = Registry()
    ) -> Router<PortalContext> {
        let router = Router(context: PortalContext.self, options: .autoGenerateHeadEndpoints)
        let paths = KnownPaths()
        router.add(middleware: Reception(portal, limits, registry, ErrorResponses(pages: pages), paths))

        // What the operator's tools ask.
        let health = HealthAPI(portal: portal)
        router.get("health", use: health.live)
        router.get("ready", use: health.ready)

        // What needs no key: the catalog, and what a connect token opens.
        let creating = Creating(portal: portal)
        let tiles = TileFiles(portal.catalog, origin: portal.publicURL.origin)
        let integrations = IntegrationsAPI(portal: portal, tiles: tiles)
        let sessions = ConnectSessionAPI(portal: portal, creating: creating)
        let open = router.group("api/v1")
        open.get("openapi.json", use: files.get("openapi.json"))
        open.get("integrations", use: integrations.list)
        open.get("integrations/oauth-status", use: integrations.oauthStatus)
        open.post("connect/session/poll", use: sessions.poll)
        open.get("connect/session/events", use: sessions.events)
        open.on("connect/session/poll", method: .options, use: sessions.pollPreflight)

        // What an app's backend calls with its key.
        let api = router.group("api/v1", context: APIContext.self)
        let keys = APIKeysAPI(portal: portal, creating: creating)
        api.get("api-keys", use: keys.list)
        api.post("api-keys", use: keys.create)
        api.delete("api-keys/:id", use: keys.delete)

        let workspaces = WorkspacesAPI(portal: portal, creating: creating)
        api.get("workspaces", use: workspaces.list)
        api.post("workspaces", use: workspaces.create)
        api.get("workspaces/:id", use: workspaces.get)
        api.patch("workspaces/:id", use: workspaces.update)
        api.delete("workspaces/:id", use: workspaces.delete)

        let offered = WorkspaceIntegrationsAPI(portal: portal, creating: creating)
        api.get("workspaces/:id/integrations", use: offered.list)
        api.post("workspaces/:id/integrations", use: offered.create)
        api.patch("workspaces/:id/integrations/:integration", use: offered.update)
        api.delete("workspaces/:id/integrations/:integration", use: offered.delete)

        let apps = OAuthAppsAPI(portal: portal, creating: creating)
        api.get("oauth-apps", use: apps.list)
        api.post("oauth-apps", use: apps.create)
        api.patch("oauth-apps/:id", use: apps.update)
        api.delete("oauth-apps/:id", use: apps.delete)
        api.get("oauth-apps/available/:name", use: apps.available)

        let users = EndUsersAPI(portal: portal, creating: creating, pages: pages)
        api.get("end-users", use: users.list)
        api.post("end-users", use: users.create)
        api.get("end-users/:id", use: users.get)
        api.patch("end-users/:id", use: users.update)
        api.delete("end-users/:id", use: users.delete)
        api.post("end-users/:id/connect-token", use: users.link)
        api.post("end-users/:id/invite", use: users.invite)

        let connections = ConnectionsAPI(portal: portal, creating: creating)
        api.get("connections", use: connections.list)
        api.post("connections", use: connections.create)
        api.post("connections/resolve", use: connections.resolve)
        api.post("connections/resolve/credentials", use: connections.resolveCredentials)
        api.patch("connections/:id", use: connections.rename)
        api.delete("connections/:id", use: connections.delete)
        api.get("connections/:id/credentials", use: connections.credentials)
        api.post("connections/:id/refresh", use: connections.refresh)

        api.post("connect/token", use: sessions.mint)
        api.get("connect/sessions", use: sessions.list)
        api.get("connect/session/:id", use: sessions.get)
        api.delete("connect/session/:id", use: sessions.revoke)
        api.post("connect/session/:id/confirm", use: sessions.confirm)

        api.get("activity", use: ActivityAPI(portal: portal).list)

        // What a person sees.
        let connect = ConnectPages(portal: portal, pages: pages)
        let hosted = router.group().add(middleware: OwnHost(portal: portal))
        hosted.get("connect", use: connect.open)
        let portalPages = PortalPages(portal: portal, pages: pages)
        hosted.get("connect/portal", use: portalPages.show)
        hosted.post("connect/portal/connect", use: portalPages.connect)
        hosted.post("connect/portal/rename", use: portalPages.rename)
        hosted.post("connect/portal/disconnect", use: portalPages.disconnect)
        hosted.get("connect/:session", use: connect.show)
        hosted.post("connect/:session", use: connect.begin)
        hosted.post("connect/:session/cancel", use: connect.cancel)
        hosted.post("connect/:session/again", use: connect.again)
        hosted.post("connect/:session/account", use: connect.account)
        hosted.post("connect/:session/site", use: connect.site)
        hosted.get("api/v1/connect/oauth-callback", use: connect.finish)
        hosted.get("api/v1/connect/oauth-callback/:app", use: connect.finish)
        hosted.post("api/v1/connect/oauth-callback", use: connect.takeForm)
        hosted.post("api/v1/connect/oauth-callback/:app", use: connect.takeForm)

        router.get("docs", use: Reference(files: files, pages: pages, origin: portal.publicURL.origin).get)

        // Styles, scripts, logos and tiles.
        let brands = BrandFiles(portal: portal)
        router.get("connect/logo/:name", use: brands.logo)
        router.get("assets/brand/:file", use: brands.style)
        router.get("assets/tiles/:file", use: tiles.get)
        router.get("assets/:file", use: files.get)
        router.get("favicon.svg", use: files.get("favicon.svg"))
        router.get("connect.js", use: files.get("connect.js"))
        router.get("connect.d.ts", use: files.get("connect.d.ts"))

        paths.learn(router)
        return router
    }
}
