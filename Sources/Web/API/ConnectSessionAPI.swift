internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/connect`: mint a link, follow a session.
struct ConnectSessionAPI {
    let portal: Portal
    let creating: Creating
    let streams = OpenStreams()

    @Sendable func mint(_ request: Request, _ context: APIContext) async throws -> Response {
        try await creating(request, context, status: .ok) { minted in
            [
                "token": .string(minted.token),
                "connectUrl": .string(minted.connectURL),
                "expiresAt": JSON(minted.session.expiresAt),
                "sessionId": JSON(minted.session.id),
            ]
        } create: { body, also in
            try await portal.mintSession(body, for: context.apiKey, also: also)
        }
    }

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        let page = query.page()
        try query.finish()
        let listing = try await portal.sessions(for: context.apiKey, page)
        return .json(listing.json("sessions") { $0.json(events: []) })
    }

    @Sendable func revoke(_: Request, _ context: APIContext) async throws -> Response {
        let id = ConnectSession.ID(rawValue: try context.parameters.require("id"))
        try await portal.revokeSession(id, for: context.apiKey)
        return .json(["revoked": true, "id": JSON(id)])
    }

    @Sendable func get(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = ConnectSession.ID(rawValue: try context.parameters.require("id"))
        let (session, events) = try await portal.session(id, for: context.apiKey)
        return .json(["session": session.json(events: events)])
    }

    @Sendable func confirm(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = ConnectSession.ID(rawValue: try context.parameters.require("id"))
        try await portal.confirmSession(id, try await request.json(), for: context.apiKey)
        let (session, events) = try await portal.session(id, for: context.apiKey)
        return .json(["session": session.json(events: events)])
    }

    /// Authorised by the token alone, so that a page without an API key may ask.
    @Sendable func poll(_ request: Request, _: PortalContext) async throws -> Response {
        guard let token = try await request.json()["token"]?.string, !token.isEmpty else {
            throw PortalError(.missingToken, "The body must name the connect token as token")
        }
        let session = try await portal.session(token: token)
        return .json(session.pollJSON, headers: crossOrigin(request, session))
    }

    /// The changes of a session as they happen, authorised like the poll.
    @Sendable func events(_ request: Request, _: PortalContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"], !token.isEmpty else {
            throw PortalError(.missingToken, "The query must name the connect token as token")
        }
        let session = try await portal.session(token: String(token))
        var headers = crossOrigin(request, session)
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-store"
        // nginx would keep events back until it has a page full.
        headers[.accelBuffering] = "no"
        guard let place = streams.open(session.id) else {
            throw PortalError(.rateLimitExceeded, "This session is followed often enough already")
        }
        let stream = SessionStream(portal: portal, session: session)
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await stream.write(to: &writer)
                withExtendedLifetime(place) {}
            }
        )
    }

    /// The token comes in the body, so the preflight cannot know the session; the answer itself names the origin.
    @Sendable func pollPreflight(_ request: Request, _: PortalContext) -> Response {
        guard let origin = request.headers[.origin] else { return Response(status: .noContent) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin,
                .accessControlAllowMethods: "POST",
                .accessControlAllowHeaders: "Content-Type",
                .accessControlMaxAge: "600",
                .vary: "Origin",
            ]
        )
    }

    private func crossOrigin(_ request: Request, _ session: ConnectSession) -> HTTPFields {
        guard let origin = request.headers[.origin], session.messageTargets.contains(origin) else {
            return [.vary: "Origin"]
        }
        return [.accessControlAllowOrigin: origin, .vary: "Origin"]
    }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .date
}

extension ConnectSession {
    /// What whoever has the connect token may know.
    var pollJSON: JSON {
        [
            "status": .string(status.rawValue),
            "connectionId": JSON(connectionID),
            "integrationName": .string(integrationName),
            "workspaceIntegrationId": JSON(workspaceIntegrationID),
            "authMethodKey": JSON(authMethodKey),
            "oauthAppMode": JSON(oauthAppMode),
            "oauthAppId": JSON(oauthAppID),
            "externalId": .string(externalID),
            "error": JSON(finalError),
            "errorCode": JSON(finalErrorCode),
            "awaiting": JSON(awaiting?.rawValue),
        ]
    }

    fileprivate func json(events: [SessionEvent]) -> JSON {
        [
            "id": JSON(id),
            "integrationName": .string(integrationName),
            "workspaceId": JSON(workspaceID),
            "workspaceIntegrationId": JSON(workspaceIntegrationID),
            "authMethodKey": JSON(authMethodKey),
            "oauthAppMode": JSON(oauthAppMode),
            "oauthAppId": JSON(oauthAppID),
            "connectionName": .string(connectionName),
            "externalId": .string(externalID),
            "endUserId": JSON(endUserExternalID),
            "status": .string(status.rawValue),
            "connectionId": JSON(connectionID),
            "error": JSON(finalError),
            "errorCode": JSON(finalErrorCode),
            "confirm": needsConfirmation ? "app" : .null,
            "awaiting": JSON(awaiting?.rawValue),
            "metadata": metadata,
            "expiresAt": JSON(expiresAt),
            "createdAt": JSON(createdAt),
            "events": .array(events.map { ["at": JSON($0.at), "type": .string($0.type), "detail": $0.detail] }),
        ]
    }

    /// An open session has no error yet: what went wrong so far is in its events.
    private var finalError: String? { status == .failed ? error : nil }
    private var finalErrorCode: String? { status == .failed ? errorCode : nil }
}
