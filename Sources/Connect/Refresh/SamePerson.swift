internal import Integrations
internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Portal {
    /// Whether the id_token of a refresh is of the person who signed in (OpenID Connect Core §12.2); a connection for
    /// which it is not is marked, and its tokens are not given out.
    ///
    /// The tokens are stored by then: what came may be all there is.
    func isSamePerson(_ tokens: RenewedTokens, _ attempt: RefreshAttempt) async throws -> Bool {
        guard let fault = await identityFault(tokens) else { return true }
        let (connection, now) = (attempt.connection, now())
        let turn = turn(.accountMismatch, of: connection, ["fault": .string(fault)])
        try await store.write { transaction in
            guard let current = try transaction.connection(connection.id, of: connection.organizationID),
                current.credentialVersion == connection.credentialVersion + 1
            else { return }
            if try transaction.flag(current, as: .accountMismatch, at: now) { try record(turn, in: transaction) }
            try transaction.planRenewal(of: current.id, at: nil, now: now)
        }
        return false
    }

    /// What is wrong with whom the answer names; nothing also where it could not be found out.
    private func identityFault(_ tokens: RenewedTokens) async -> String? {
        guard let token = tokens.response.idToken, let subject = tokens.grant.subject,
            let issuer = tokens.provider.endpoints.issuer, let keys = tokens.provider.endpoints.keys
        else { return nil }
        var expectation = IDToken.Expectation(
            issuer: issuer,
            clientID: tokens.client.id,
            occasion: .refresh(subject: subject, nonce: tokens.grant.nonce),
            now: now().seconds
        )
        expectation.accessToken = tokens.response.accessToken
        expectation.algorithms = Set(tokens.provider.idTokenAlgorithms)
        do throws(ConnectFailure) {
            _ = try await check(token, expectation, keysAt: keys, tokens.client, tokens.integration)
            return nil
        } catch {
            let fault = error.detail["fault"]?.string
            let isAboutThePerson = error.code == .identityNotProven && !Self.aboutTime.contains(fault ?? "")
            guard !isAboutThePerson else { return fault }
            log.notice(
                "id_token of a refresh not checked",
                metadata: ["integration": "\(tokens.integration.name)", "fault": "\(fault ?? error.code.rawValue)"]
            )
            return nil
        }
    }

    /// A clock that jumps must not end connections.
    private static let aboutTime = Set([IDTokenFault.expired, .notYetValid].map(\.rawValue))
}
