public import Integrations
public import Storage
internal import StrictJSON

/// What a person's button press leads to.
public enum ConnectStep: Sendable {
    /// To the provider's authorization endpoint.
    case authorize(url: String)
    /// Connected.
    case done
    /// The choice among the ways of connecting.
    case choice
    /// The form again, with the faults of its fields by their keys.
    case form(faults: [String: FieldFault])
    /// The form again: what was typed did not work.
    case failed(FailureCode)
}

extension Portal {
    /// Takes the person's choice: sends them to the provider, or checks and saves what they typed.
    ///
    /// The session is bound to this browser by it. Throws `PortalError` where it cannot go on at all.
    public func begin(
        _ session: ConnectSession,
        ticket: BrowserTicket,
        methodKey: String?,
        typed: [String: String],
        isPopup: Bool
    ) async throws -> ConnectStep {
        guard session.isOpen else { throw PortalError(.invalidToken, "This link has been used or has expired") }
        guard let integration = catalog[session.integrationName] else {
            throw PortalError(.integrationNotFound, "This integration is no longer offered")
        }
        let options = try await openOptions(of: integration, for: session)
        guard let option = options.first(where: { $0.key == methodKey }) ?? (options.count == 1 ? options.first : nil)
        else {
            return .choice
        }
        try await bind(session, to: ticket, isPopup: isPopup)
        let values: [String: String]
        do throws(FormFaults) {
            values = try checkedValues(integration.inputs + option.fields, typed)
        } catch {
            try await recordRejectedForm(error.faults.keys.sorted(), of: session)
            return .form(faults: error.faults)
        }
        guard let oauth = option.oauth else {
            return try await submit(values, to: option, of: integration, for: session)
        }
        let trip = AuthorizationTrip(session: session, integration: integration, option: option, oauth: oauth)
        return try await send(trip, inputs: values)
    }

    /// The ways of connecting that are open to a session: those of the integration that its app did not exclude and,
    /// for OAuth, that have an OAuth app.
    public func openOptions(of integration: Integration, for session: ConnectSession) async throws -> [AuthOption] {
        let options = integration.auth.filter { session.authMethodKey == nil || $0.key == session.authMethodKey }
        guard options.contains(where: { $0.oauth != nil }) else { return options }
        let hasApp = try await oauthApp(for: integration, AppChoice(session)) != nil
        return options.filter { $0.oauth == nil || hasApp }
    }

    /// Binds the session to the browser of the first press; another browser is turned away.
    private func bind(_ session: ConnectSession, to ticket: BrowserTicket, isPopup: Bool) async throws {
        let now = now()
        let isBound = try await store.write { transaction in
            try transaction.bind(
                session.id,
                browserHash: ticket.hash,
                openerOrigin: ticket.openerOrigin,
                isPopup: isPopup,
                at: now
            )
        }
        guard isBound else { throw PortalError(.forbidden, "This link was already opened in another browser") }
    }

    private func recordRejectedForm(_ fields: [String], of session: ConnectSession) async throws {
        let rejected = turn(.formRejected, of: session, ["fields": .array(fields.map { .string($0) })])
        try await store.write { try record(rejected, in: $0) }
    }

    private func checkedValues(_ fields: [Field], _ typed: [String: String]) throws(FormFaults) -> [String: String] {
        var values: [String: String] = [:]
        var faults: [String: FieldFault] = [:]
        for field in fields {
            do { values[field.key] = try field.value(from: typed[field.key]) } catch { faults[field.key] = error }
        }
        guard faults.isEmpty else { throw FormFaults(faults: faults) }
        return values
    }
}

private struct FormFaults: Error {
    let faults: [String: FieldFault]
}
