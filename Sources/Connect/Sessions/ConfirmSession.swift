internal import Foundation
internal import Integrations
internal import OAuth
public import Storage
public import StrictJSON

extension Portal {
    /// Makes the connection of a session that waits for its app: the app's backend has seen that it was its own user
    /// who connected, by the handle that reached the page of that user.
    ///
    /// Throws `NOT_AWAITING_CONFIRMATION` where nothing waits (any more), `VALIDATION_ERROR` for another handle.
    public func confirmSession(_ id: ConnectSession.ID, _ body: JSON, for key: APIKey) async throws {
        let (session, _) = try await session(id, for: key)
        var input = try Input(body)
        let handle = input.text("handle")
        try input.finish()
        guard session.isOpen, session.awaiting == .app, let (held, found) = try await heldFind(of: session),
            let integration = catalog[session.integrationName]
        else {
            throw PortalError(
                .notAwaitingConfirmation,
                "This connect session does not wait for a confirmation",
                details: ["status": .string(session.status.rawValue), "errorCode": JSON(session.errorCode)]
            )
        }
        guard isHandle(handle, of: session) else {
            throw PortalError.validation([("handle", "is not the handle of this session")])
        }
        try await record(entry(.sessionConfirmed, by: key, on: .session(id), in: session.workspaceID))
        do throws(ConnectFailure) {
            try await keep(found, for: session, integration, decidedBy: held)
        } catch {
            throw PortalError(error.code == .conflict ? .duplicate : .unavailable, error.sentence)
        }
    }

    /// For the page of the app that opened the portal: what its backend has to confirm.
    ///
    /// Who merely has the link never sees it.
    public func confirmMessage(of session: ConnectSession) -> JSON {
        [
            "type": "connect-portal-confirm",
            "sessionId": .string(session.id.rawValue),
            "handle": .string(handle(of: session)),
        ]
    }

    /// Where the app wants the person back to confirm; nothing where it did not say.
    public func confirmURL(of session: ConnectSession) -> String? {
        guard let address = session.successRedirectURI.flatMap({ WebAddress($0) }) else { return nil }
        return address.adding(
            FormParameters([
                ("status", "confirm"),
                ("sessionId", session.id.rawValue),
                ("confirmHandle", handle(of: session)),
                ("externalId", session.externalID),
                ("integrationName", session.integrationName),
            ])
        )
    }

    /// Belongs to one wait of one session, and is worth nothing without an API key.
    private func handle(of session: ConnectSession) -> String {
        Base64URL.encode(keys.code(of: session.wait, purpose: .confirmHandle))
    }

    private func isHandle(_ handle: String, of session: ConnectSession) -> Bool {
        Base64URL.decode(handle).map { keys.isCode(Data($0), of: session.wait, purpose: .confirmHandle) } ?? false
    }
}

extension ConnectSession {
    fileprivate var wait: Data { Data("\(id.rawValue)|\(awaitingUntil?.milliseconds ?? 0)".utf8) }
}
