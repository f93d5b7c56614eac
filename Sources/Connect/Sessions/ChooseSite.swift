public import Integrations
internal import OAuth
internal import Outbound
public import Storage
internal import StrictJSON

extension Portal {
    /// The sites or tenants that a grant opens; empty where the definition has no such thing.
    ///
    /// Throws where the provider lists none, since nothing could be done with such a connection.
    func choices(of grant: OAuthGrant, _ homecoming: Homecoming) async throws(ConnectFailure) -> [ChoiceLookup.Choice] {
        guard let lookup = homecoming.option.choices else { return [] }
        let provider = homecoming.integration.displayName
        let response: HTTPResponseMessage
        do {
            response = try await exchange(lookup.request.message(with: grant.templateValues), fresh: false)
        } catch { throw ConnectFailure(error, provider: provider) }
        guard response.status == 200 else {
            throw ConnectFailure(.providerUnavailable, provider, detail: ["status": JSON(response.status)])
        }
        guard let answer = try? JSON.parse(response.body), let choices = lookup.choices(in: answer) else {
            throw ConnectFailure(.invalidResponse, provider, detail: ["fault": "choices"])
        }
        guard !choices.isEmpty else { throw ConnectFailure(.nothingToConnect, provider) }
        return choices.map { ChoiceLookup.Choice(id: $0.id, label: $0.label.displayed, data: $0.data) }
    }

    /// What the person of a session has to pick from; empty where there is no such question.
    public func choices(of session: ConnectSession) async throws -> [ChoiceLookup.Choice] {
        guard session.isOpen, session.awaiting == .person, let (_, found) = try await heldFind(of: session) else {
            return []
        }
        return found.choices
    }

    /// Takes what the person picked; an id that is not among the choices shows them again.
    public func choose(
        _ id: String,
        for session: ConnectSession,
        ticket: BrowserTicket
    ) async throws -> ConnectStep {
        guard session.browserHash == ticket.hash else {
            throw PortalError(.forbidden, "This link was already opened in another browser")
        }
        guard session.isOpen, session.awaiting == .person, let (held, found) = try await heldFind(of: session),
            let integration = catalog[session.integrationName],
            let choice = found.choices.first(where: { $0.id == id })
        else { return .done }
        do throws(ConnectFailure) {
            try await keep(found.choosing(choice), for: session, integration, decidedBy: held)
        } catch {
            try await record(error, as: .exchangeFailed, of: session)
        }
        return .done
    }
}
