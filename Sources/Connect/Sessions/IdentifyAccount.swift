internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

/// Who was connected at the provider.
struct Account {
    let id: String
    let label: String
}

extension Portal {
    /// Whose account a grant is for.
    ///
    /// Throws only where the provider contradicts itself about that; see `account(with:_:of:)`.
    func account(
        of grant: OAuthGrant,
        _ identity: IDToken?,
        _ homecoming: Homecoming
    ) async throws(ConnectFailure) -> Account? {
        guard let lookup = homecoming.option.account else { return nil }
        let session = homecoming.session
        switch lookup.source {
        case .request(let request):
            return await account(grant.templateValues, request, lookup, of: session)
        case .idToken:
            return identity.flatMap { Account(in: $0.claims, lookup) }
        case .userinfo:
            guard let url = grant.endpoints.userinfo else { return nil }
            let headers = [("Accept", "application/json"), ("Authorization", "Bearer \(grant.accessToken.reveal())")]
            let request = HTTPRequestMessage(method: "GET", url: url, headers: headers)
            guard let answer = await answer(to: { request }, of: session) else { return nil }
            if let identity, !identity.agrees(with: answer) {
                throw ConnectFailure(notProven: "userinfo", homecoming.integration)
            }
            return Account(in: answer, lookup)
        }
    }

    /// Asks the provider whose account a typed credential is for.
    func account(
        with values: [String: String],
        _ option: AuthOption,
        of session: ConnectSession
    ) async -> Account? {
        guard let lookup = option.account, case .request(let request) = lookup.source else { return nil }
        return await account(values, request, lookup, of: session)
    }

    private func account(
        _ values: [String: String],
        _ request: RequestTemplate,
        _ lookup: AccountLookup,
        of session: ConnectSession
    ) async -> Account? {
        guard let answer = await answer(to: { try request.message(with: values) }, of: session) else { return nil }
        if let account = Account(in: answer, lookup) { return account }
        await noteUnknown(OAuthError.missingCode, of: session)
        return nil
    }

    /// A connection without a label is better than none, so a failure is noted in the timeline and goes no further.
    private func answer(to request: () throws -> HTTPRequestMessage, of session: ConnectSession) async -> JSON? {
        do {
            let response = try await exchange(request(), fresh: false)
            guard response.status == 200 else { throw OAuthError.tokenEndpointStatus(response.status) }
            return try JSON.parse(response.body)
        } catch {
            await noteUnknown(error, of: session)
            return nil
        }
    }

    private func noteUnknown(_ error: any Error, of session: ConnectSession) async {
        let reason = (error as? TransportError).map { "\($0.told)" } ?? "\(error)"
        let unknown = turn(.accountUnknown, of: session, ["reason": .string(reason.displayed)])
        try? await store.write { try record(unknown, in: $0) }
    }
}

extension Account {
    fileprivate init?(in answer: JSON, _ lookup: AccountLookup) {
        guard let id = answer.value(at: lookup.idPath)?.displayText else { return nil }
        self.init(id: id, label: answer.value(at: lookup.labelPath)?.displayText ?? id)
    }
}

extension OAuthGrant {
    /// What the templates of requests know of a grant.
    var templateValues: [String: String] {
        var values = inputs
        values["accessToken"] = accessToken.reveal()
        values["refreshToken"] = refreshToken?.reveal()
        values["clientId"] = clientID
        for member in data.members { values["data.\(member.name)"] = member.value.templateText }
        return values
    }
}

extension JSON {
    /// A text or a number.
    fileprivate var templateText: String? {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        default: nil
        }
    }

    fileprivate var displayText: String? {
        guard let text = templateText?.displayed, !text.isEmpty else { return nil }
        return text
    }
}

extension String {
    /// As it is shown to a person: one line of at most 200 characters.
    var displayed: String {
        let scalars = unicodeScalars.filter { ![.control, .format].contains($0.properties.generalCategory) }
        return String(String.UnicodeScalarView(scalars).prefix(200))
    }
}
