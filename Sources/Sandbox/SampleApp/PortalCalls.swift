import StrictJSON

/// What the portal answered instead of what was asked for.
struct PortalProblem: Error {
    let status: Int
    let sentence: String
    let code: String
}

/// The requests that the sample app's backend makes.
extension SampleApp {
    /// The body of `POST /api/v1/connect/token`, as far as a popup needs it.
    func mintBody(_ integration: String, displayName: String) -> JSON.Object {
        [
            "integrationName": .string(integration),
            "connectionName": .string("\(displayName) of \(SampleUser.name)"),
            "externalId": .string("\(SampleUser.id)-\(integration)"),
            "workspaceId": .string(workspaceID),
            "endUserId": .string(SampleUser.id),
            "scope": "USER",
            "allowedOrigins": [.string(origin)],
        ]
    }

    /// Mints a connect token; a browser that is not a popup is sent back here at the end, unless it is to stay.
    func mint(
        _ service: Service,
        comingBack: Bool = true
    ) async throws(PortalProblem) -> (connectURL: String, sessionID: String) {
        let exhibit = gallery.exhibit(service.name)
        var body = mintBody(service.name, displayName: service.displayName)
        body["locale"] = exhibit?.locale.map(JSON.string)
        if exhibit?.needsConfirmation == true { body["confirm"] = "app" }
        if comingBack {
            let page = JSON.string(origin + (exhibit == nil ? "/demo/catalog" : "/demo"))
            body["successRedirectUri"] = page
            body["errorRedirectUri"] = page
        }
        let answer = try await ask("POST", "/api/v1/connect/token", .object(body))
        return (answer["connectUrl"]?.string ?? "", answer["sessionId"]?.string ?? "")
    }

    func connections() async throws(PortalProblem) -> [JSON] {
        let query = FormParameters([("workspaceId", workspaceID), ("endUserId", SampleUser.id), ("limit", "100")])
        let answer = try await ask("GET", "/api/v1/connections?" + query.encoded)
        return (answer["connections"]?.array ?? []).filter { $0["endUserId"]?.string == SampleUser.id }
    }

    /// `nil` for a session that is not this person's.
    func session(_ id: String) async throws(PortalProblem) -> JSON? {
        let answer = try await ask("GET", "/api/v1/connect/session/" + FormParameters.encode(id))
        let session = answer["session"]
        let isOurs = session?["externalId"]?.string?.hasPrefix(SampleUser.id + "-") == true
        return isOurs ? session : nil
    }

    /// Says that this person connected, unless the session is somebody else's: then a link was forwarded.
    func confirm(_ sessionID: String, handle: String) async throws(PortalProblem) -> Bool {
        guard try await session(sessionID)?["endUserId"]?.string == SampleUser.id else { return false }
        let path = "/api/v1/connect/session/\(FormParameters.encode(sessionID))/confirm"
        _ = try await ask("POST", path, ["handle": .string(handle)])
        return true
    }

    func withdraw(_ sessionID: String) async throws(PortalProblem) {
        _ = try await ask("DELETE", "/api/v1/connect/session/" + FormParameters.encode(sessionID))
    }

    func delete(_ connectionID: String) async throws(PortalProblem) {
        _ = try await ask("DELETE", "/api/v1/connections/" + FormParameters.encode(connectionID))
    }

    func ask(_ method: String, _ path: String, _ body: JSON? = nil) async throws(PortalProblem) -> JSON {
        let answer: (status: Int, body: JSON)
        do { answer = try await call(method, path, body) } catch {
            throw PortalProblem(status: 502, sentence: "The portal did not answer.", code: "PORTAL_UNREACHABLE")
        }
        guard (200..<300).contains(answer.status) else {
            throw PortalProblem(
                status: answer.status,
                sentence: answer.body["error"]?.string ?? "The portal answered with status \(answer.status).",
                code: answer.body["code"]?.string ?? "UNKNOWN"
            )
        }
        return answer.body
    }
}
