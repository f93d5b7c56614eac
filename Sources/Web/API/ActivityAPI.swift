internal import Connect
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// `/api/v1/activity`: who did what, and when.
struct ActivityAPI {
    let portal: Portal

    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = Query(request)
        var filter = ActivityFilter()
        filter.type = query.choice("type", ActivityType.self)?.rawValue
        filter.status = query.choice("status")
        filter.actorID = query.text("actorId")
        filter.objectID = query.text("objectId")
        filter.workspaceID = query.id("workspaceId")
        filter.requestID = query.text("requestId", limit: 64)
        filter.since = query.instant("since")
        filter.until = query.instant("until")
        let limit = query.number("limit", in: 1...100) ?? 50
        let cursor = query.cursor()
        try query.finish()
        let page = try await portal.activity(for: context.apiKey, filter, limit: limit, after: cursor)
        return .json(["activity": .array(page.entries.map(\.json)), "nextCursor": JSON(page.next?.text)])
    }
}
