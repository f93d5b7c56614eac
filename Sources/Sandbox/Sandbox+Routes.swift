public import Hummingbird

extension Sandbox {
    public func addRoutes(to router: Router<SandboxRequestContext>) {
        assets.addRoutes(to: router)
        router.get("/") { _, _ in self.homePage() }
        router.get("/authorize/page") { request, _ in self.showPage(request) }
        router.post("/authorize/sign-in") { request, _ in try await self.signIn(request) }
        router.post("/authorize/sign-out") { request, _ in try await self.signOut(request) }
        router.post("/authorize/consent") { request, _ in try await self.consent(request) }
        addIssuer(rootIssuer, at: "", to: router)
        for variant in MetadataVariant.allCases { addIssuer(issuer(variant), at: variant.path, to: router) }
        addGitHubRoutes(to: router)
        addAPI(at: "", to: router)
        addAPI(at: "/instances/:instance", to: router)
        if hasControlAPI { addControlRoutes(to: router) }
    }

    /// The metadata and the endpoints of an issuer.
    private func addIssuer(_ issuer: Issuer, at path: String, to router: Router<SandboxRequestContext>) {
        for document in MetadataDocument.allCases {
            router.get("\(document.path(issuerPath: path))") { _, _ in self.metadata(of: issuer, document) }
        }
        for place in Issuer.endpointPaths { addEndpoints(of: issuer, at: path + place, to: router) }
    }

    private func addEndpoints(of issuer: Issuer, at path: String, to router: Router<SandboxRequestContext>) {
        router.get("\(path)/authorize") { await self.authorize($0, at: issuer, context: $1) }
        router.post("\(path)/par") { await self.pushAuthorization($0, at: issuer, context: $1) }
        router.post("\(path)/token") { await self.token($0, at: issuer, place: .token, context: $1) }
        // Egnyte has one address for both steps.
        router.post("\(path)/authorize") { await self.token($0, at: issuer, place: .token, context: $1) }
        router.post("\(path)/token/refresh") { await self.token($0, at: issuer, place: .separate, context: $1) }
        for method in [HTTPRequest.Method.get, .post] {
            router.on("\(path)/token/long-lived", method: method) { await self.exchangeToken($0, context: $1) }
        }
        for method in [HTTPRequest.Method.get, .post, .delete] {
            router.on("\(path)/revoke", method: method) { await self.revoke($0, at: issuer, context: $1) }
            router.on("\(path)/revoke/:token", method: method) { await self.revoke($0, at: issuer, context: $1) }
        }
        router.post("\(path)/introspect") { await self.introspect($0, at: issuer, context: $1) }
        router.get("\(path)/userinfo") { await self.userinfo($0, context: $1) }
        router.get("\(path)/jwks") { _, _ in self.keySet() }
    }

    private func addAPI(at path: String, to router: Router<SandboxRequestContext>) {
        for method in [HTTPRequest.Method.get, .post] {
            router.on("\(path)/api/whoami", method: method) { await self.whoami($0, context: $1) }
        }
        router.get("\(path)/api/sites") { await self.sites($0, context: $1) }
    }
}
