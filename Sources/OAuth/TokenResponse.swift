public import Secrecy
public import StrictJSON

/// A successful token answer (RFC 6749 §5.1), read strictly.
public struct TokenResponse: Sendable, Concealed {
    public private(set) var accessToken: Secret
    /// As sent; `Bearer` where the answer says nothing.
    public private(set) var tokenType: String
    public private(set) var refreshToken: Secret?
    public private(set) var idToken: Secret?
    /// Seconds from the moment the request was sent; none = unknown or unusable.
    public private(set) var expiresIn: Int?
    /// What was granted; none = as asked (RFC 6749 §3.3).
    public private(set) var scopes: [String]?
    /// The members that the definition keeps.
    public private(set) var data: JSON.Object

    /// Reads the answer of a token endpoint.
    ///
    /// A 200 that carries an error is an error. Throws `OAuthError.provider` for what the provider said, and
    /// `.malformedTokenResponse` for what cannot be believed; `secrets` are left out of the provider's words.
    public init(
        _ response: HTTPResponseMessage,
        from provider: OAuthProvider,
        hiding secrets: [Secret] = []
    ) throws(OAuthError) {
        let format = provider.tokenResponse
        let answer = try Self.members(of: response)
        if let error = ProviderError(tokenAnswer: answer, status: response.status, format: format, hiding: secrets) {
            throw .provider(error)
        }
        guard let answer else {
            throw response.status == 200 ? .malformedTokenResponse(.notJSON) : .tokenEndpointStatus(response.status)
        }
        guard response.status == 200 else { throw .tokenEndpointStatus(response.status) }

        accessToken = try Self.token(answer.value(at: format.accessToken), orElse: .missingAccessToken)
        let toldType = answer.value(at: format.tokenType)
        tokenType = if let type = provider.tokenType { type } else { try Self.tokenType(toldType) }
        refreshToken = try Self.optionalToken(answer.value(at: format.refreshToken))
        idToken = try Self.optionalToken(answer.value(at: format.idToken))
        expiresIn = Self.lifetime(answer.value(at: format.expiresIn), unit: format.expiresInUnit)
        scopes = Self.scopes(answer.value(at: format.scope), provider)
        var data = JSON.Object()
        for path in provider.keepFromToken { data[path] = answer.value(at: path) }
        self.data = data
    }

    /// This answer in the place of an older one, of which stays what it does not tell anew (RFC 6749 §6).
    public func replacing(_ older: TokenResponse) -> TokenResponse {
        var whole = self
        whole.refreshToken = refreshToken ?? older.refreshToken
        whole.idToken = idToken ?? older.idToken
        whole.scopes = scopes ?? older.scopes
        whole.data = older.data
        for member in data.members { whole.data[member.name] = member.value }
        return whole
    }

    /// The answer as JSON, or, where a provider says so by its content type, as a form.
    private static func members(of response: HTTPResponseMessage) throws(OAuthError) -> JSON? {
        guard response.body.count <= 65536 else { throw .malformedTokenResponse(.tooLarge) }
        if response.contentType?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
            guard let text = String(validating: response.body, as: UTF8.self), let form = FormParameters(encoded: text)
            else { return nil }
            var object = JSON.Object()
            for pair in form.pairs {
                guard object[pair.name] == nil else { throw .malformedTokenResponse(.duplicateMember) }
                object[pair.name] = .string(pair.value)
            }
            return .object(object)
        }
        do {
            let value = try JSON.parse(response.body)
            return value.object == nil ? nil : value
        } catch .duplicateName {
            throw .malformedTokenResponse(.duplicateMember)
        } catch { return nil }
    }

    private static func token(_ value: JSON?, orElse fault: TokenResponseFault) throws(OAuthError) -> Secret {
        guard let text = value?.string, !text.isEmpty else { throw .malformedTokenResponse(fault) }
        // Tokens go into a header later: visible ASCII only (RFC 6749 appendix A.12, RFC 6750 §2.1).
        guard text.utf8.count <= 32768, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .malformedTokenResponse(.unusableToken)
        }
        return Secret(text)
    }

    private static func tokenType(_ value: JSON?) throws(OAuthError) -> String {
        guard let value, !value.isNull else { return "Bearer" }
        guard let type = value.string, ["bearer", "token", "bot", "user"].contains(type.lowercased()) else {
            throw .malformedTokenResponse(.unusableTokenType)
        }
        return type
    }

    private static func optionalToken(_ value: JSON?) throws(OAuthError) -> Secret? {
        guard let value, !value.isNull, value.string != "" else { return nil }
        return try token(value, orElse: .unusableToken)
    }

    /// Seconds; a number or its text.
    ///
    /// Less than one, absurd (over ten years) or anything else counts as unknown.
    private static func lifetime(_ value: JSON?, unit: ExpiryUnit) -> Int? {
        let number: Double? =
            switch value {
            case .integer(let integer): Double(integer)
            case .double(let double): double
            case .string(let text): Double(text)
            default: nil
            }
        guard let number else { return nil }
        let seconds = unit == .milliseconds ? number / 1000 : number
        return seconds >= 1 && seconds <= 315_360_000 ? Int(seconds) : nil
    }

    private static func scopes(_ value: JSON?, _ provider: OAuthProvider) -> [String]? {
        switch value {
        case .string(let text): provider.scopes(in: text)
        case .array(let values): values.compactMap(\.string)
        default: nil
        }
    }
}
