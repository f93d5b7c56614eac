internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

extension Portal {
    /// Tries what the person typed where the definition says how, and saves it.
    func submit(
        _ values: [String: String],
        to option: AuthOption,
        of integration: Integration,
        for session: ConnectSession
    ) async throws -> ConnectStep {
        do throws(ConnectFailure) {
            let found =
                switch option.method {
                case .clientCredentials(let oauth, _, _):
                    try await exchange(values, oauth, option, integration, for: session)
                default: try await checked(values, option, integration, for: session)
                }
            try await keep(found, for: session, integration)
            return .done
        } catch {
            try await record(error, as: .formRejected, of: session)
            return .failed(error.code)
        }
    }

    private func checked(
        _ values: [String: String],
        _ option: AuthOption,
        _ integration: Integration,
        for session: ConnectSession
    ) async throws(ConnectFailure) -> FoundConnection {
        try await verify(values, option, integration)
        return FoundConnection(
            credentials: credentials(values, option, integration),
            type: Connection.Kind(rawValue: option.type) ?? .customAuth,
            methodKey: option.key,
            account: await account(with: values, option, of: session)
        )
    }

    private func verify(
        _ values: [String: String],
        _ option: AuthOption,
        _ integration: Integration
    ) async throws(ConnectFailure) {
        guard let verification = option.verification else { return }
        let provider = integration.displayName
        let message: HTTPRequestMessage
        do throws(TemplateError) { message = try verification.request.message(with: values) } catch {
            throw ConnectFailure(.invalidInput, provider)
        }
        let status: Int
        do throws(TransportError) { status = try await exchange(message, fresh: false).status } catch {
            if case .invalidHeader = error { throw ConnectFailure(.invalidCharacters, provider) }
            throw ConnectFailure(error, provider: provider)
        }
        guard !verification.accept.contains(status) else { return }
        let isRejected = verification.reject.contains(status)
        throw ConnectFailure(
            isRejected ? .credentialsRejected : .providerUnavailable,
            provider,
            detail: ["status": .integer(Int64(status))]
        )
    }

    private func credentials(
        _ values: [String: String],
        _ option: AuthOption,
        _ integration: Integration
    ) -> Credentials {
        let inputs = inputs(of: integration, in: values)
        switch option.method {
        case .secretText(let field): return .secretText(Secret(values[field.key] ?? ""), inputs: inputs)
        case .basicAuth(let username, let password):
            return .basicAuth(
                username: values[username.key] ?? "",
                password: Secret(values[password.key] ?? ""),
                inputs: inputs
            )
        case .customAuth, .oauth2, .clientCredentials: return .customAuth(values)
        }
    }

    func inputs(of integration: Integration, in values: [String: String]) -> [String: String] {
        values.filter { value in integration.inputs.contains { $0.key == value.key } }
    }
}
