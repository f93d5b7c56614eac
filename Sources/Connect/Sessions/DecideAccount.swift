internal import Foundation
internal import Integrations
public import Storage

/// What to do with another account than the one that was connected before.
public enum AccountDecision: String, Sendable, CaseIterable {
    /// It takes the place of the other.
    case replace
    /// It is kept beside the other.
    case keepBoth
    /// Neither: the person signs in once more.
    case switchAccount
}

/// What a person sees who has to decide about an account.
public struct AccountChoice: Sendable {
    /// Labels of the account so far and the one that was found.
    public let old: String
    public let new: String
}

extension Portal {
    /// The accounts between which the person of a session has to decide; nothing where there is no such question.
    public func accountChoice(of session: ConnectSession) async throws -> AccountChoice? {
        guard session.isOpen, session.awaiting == .person, let (held, found) = try await heldFind(of: session),
            found.choices.isEmpty, let existing = try await connectionToReplace(session, found)
        else { return nil }
        let old = existing.accountLabel ?? existing.displayName
        return AccountChoice(old: old, new: held.accountLabel ?? session.connectionName)
    }

    /// Does what the person decided; throws `PortalError` where there is nothing to decide any more.
    public func decide(
        _ decision: AccountDecision,
        for session: ConnectSession,
        ticket: BrowserTicket
    ) async throws -> ConnectStep {
        guard session.browserHash == ticket.hash else {
            throw PortalError(.forbidden, "This link was already opened in another browser")
        }
        guard session.isOpen, session.awaiting == .person, let (held, found) = try await heldFind(of: session),
            found.choices.isEmpty, let integration = catalog[session.integrationName],
            let option = integration.option(found.methodKey)
        else { return .done }
        if decision == .switchAccount {
            guard try await end(held, found, of: session) else { return .done }
            guard let oauth = option.oauth else { return .form(faults: [:]) }
            var trip = AuthorizationTrip(session: session, integration: integration, option: option, oauth: oauth)
            trip.isSwitching = true
            return try await send(trip, inputs: found.credentials.inputs)
        }
        var chosen = found
        chosen.isDecided = true
        chosen.isAdditional = decision == .keepBoth
        do throws(ConnectFailure) { try await keep(chosen, for: session, integration, decidedBy: held) } catch {
            try await record(error, as: .exchangeFailed, of: session)
        }
        return .done
    }

    /// Ends a find at its provider instead of keeping it; false where somebody else has decided about it.
    private func end(_ held: HeldConnection, _ found: FoundConnection, of session: ConnectSession) async throws -> Bool
    {
        let grant = try revocation(of: found, session)
        let isOurs = try await store.write { transaction in
            guard try transaction.release(held) else { return false }
            if let grant { try transaction.insert(grant) }
            return true
        }
        if isOurs, let grant { try await revoke(grant) }
        return isOurs
    }

    /// What is held for a session, opened.
    func heldFind(of session: ConnectSession) async throws -> (HeldConnection, FoundConnection)? {
        guard let held = try await store.read({ try $0.heldConnection(of: session.id) }) else { return nil }
        return try open(held).map { (held, $0) }
    }

    func open(_ held: HeldConnection) throws -> FoundConnection? {
        let place = HeldConnection.foundPlace(held.sessionID, of: held.organizationID)
        return FoundConnection(try sealer.open(held.found, at: place))
    }
}

extension Credentials {
    /// What the person typed before, such as a subdomain.
    fileprivate var inputs: [String: String] {
        switch self {
        case .oauth2(let grant): grant.inputs
        case .secretText(_, let inputs), .basicAuth(_, _, let inputs): inputs
        case .customAuth: [:]
        }
    }
}
