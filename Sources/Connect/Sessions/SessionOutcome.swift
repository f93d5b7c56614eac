internal import OAuth
public import Storage
public import StrictJSON

extension ConnectSession {
    /// The exact origins that may hear of the result: those the app named; else where it wants the person back; else the
    /// page that opened the popup.
    public var messageTargets: [String] {
        if !allowedOrigins.isEmpty { return allowedOrigins }
        if let origin = successRedirectURI.flatMap({ WebAddress($0)?.origin }) { return [origin] }
        return openerOrigin.map { [$0] } ?? []
    }

    /// The message for the page that opened the popup: a hint, the truth is at the poll endpoint.
    public var resultMessage: JSON {
        [
            "type": "weavz-connect-result",
            "status": status == .completed ? "success" : "error",
            "connectionId": JSON(connectionID?.rawValue),
            "integrationName": .string(integrationName),
            "externalId": .string(externalID),
            "sessionId": .string(id.rawValue),
            "error": JSON(status == .failed ? errorCode : nil),
        ]
    }

    /// Where the app wants the person, now that the session has ended; never with a secret.
    ///
    /// Nothing where it did not say, or the session has not ended.
    public var returnURL: String? {
        let target = status == .completed ? successRedirectURI : status == .failed ? errorRedirectURI : nil
        guard let address = target.flatMap({ WebAddress($0) }) else { return nil }
        var parameters = FormParameters([
            ("status", status == .completed ? "success" : "error"),
            ("sessionId", id.rawValue),
            ("externalId", externalID),
            ("integrationName", integrationName),
        ])
        if let connectionID { parameters.append("connectionId", connectionID.rawValue) }
        if status == .failed, let errorCode { parameters.append("error", errorCode) }
        return address.adding(parameters)
    }

    /// Whether it belongs to one browser by now.
    public var isBound: Bool { browserHash != nil }

    /// Whether the browser with this ticket may see what became of the session.
    public func isVisible(to ticket: BrowserTicket?) -> Bool { browserHash == nil || browserHash == ticket?.hash }
}
