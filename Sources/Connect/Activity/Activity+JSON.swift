public import Storage
public import StrictJSON

extension Activity {
    /// As the API and the export show it.
    public var json: JSON {
        [
            "id": .string(id.rawValue),
            "at": .string(at.description),
            "type": .string(type),
            "status": .string(status.rawValue),
            "actor": actor.json,
            "object": object?.json ?? .null,
            "workspaceId": JSON(workspaceID?.rawValue),
            "requestId": JSON(requestID),
            "address": JSON(address),
            "detail": detail,
        ]
    }
}

extension Activity.Party {
    fileprivate var json: JSON { ["type": .string(type), "id": JSON(id)] }
}
