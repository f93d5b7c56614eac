internal import OAuth
internal import Yams

extension DefinitionReader {
    /// How the answers of the provider are read, and what of them is kept.
    static func readAnswer(
        into provider: inout OAuthProvider,
        from mapping: DefinitionMapping,
        hasKeys: Bool
    ) throws(DefinitionError) {
        provider.tokenResponse = try tokenResponse(in: mapping) ?? provider.tokenResponse
        provider.tokenType = try tokenType(in: mapping)
        if let algorithms = try algorithms(in: mapping) {
            if !hasKeys { try mapping.refuse("idTokenAlgorithms", because: "needs jwksUrl or discovery") }
            provider.idTokenAlgorithms = algorithms
        }
        provider.keepFromCallback = try keptParameters(in: mapping, provider)
        provider.keepFromToken = try keptMembers(in: mapping, provider.tokenResponse)
        provider.accessTokenLifetime = try mapping.optionalSeconds("accessTokenLifetime")
        provider.refreshMargin = try mapping.optionalSeconds("refreshMargin") ?? provider.refreshMargin
    }

    /// An exchange of one token for another.
    static func exchange(
        _ key: String,
        in mapping: DefinitionMapping,
        _ allowedHosts: [String]
    ) throws(DefinitionError) -> ExchangeTemplate? {
        guard let given = try mapping[key]?.mapping("method", "url", "parameters", "tokenResponse") else { return nil }
        let method = try given.optionalText("method") ?? "POST"
        guard ["GET", "POST"].contains(method) else { throw try given.required("method").error("must be GET or POST") }
        return ExchangeTemplate(
            method: method,
            url: Template(try address("url", in: given)),
            parameters: try given.dictionary("parameters").sorted { $0.key < $1.key }.map {
                ($0.key, Template($0.value))
            },
            tokenResponse: try tokenResponse(in: given),
            allowedHosts: allowedHosts
        )
    }

    private static func tokenResponse(in mapping: DefinitionMapping) throws(DefinitionError) -> TokenResponseFormat? {
        guard
            let given = try mapping["tokenResponse"]?.mapping(
                "accessToken",
                "refreshToken",
                "tokenType",
                "expiresIn",
                "expiresInUnit",
                "scope",
                "idToken",
                "successFlag",
                "error",
                "errorDescription"
            )
        else { return nil }
        var format = TokenResponseFormat()
        format.accessToken = try given.optionalPath("accessToken") ?? format.accessToken
        format.refreshToken = try given.optionalPath("refreshToken") ?? format.refreshToken
        format.tokenType = try given.optionalPath("tokenType") ?? format.tokenType
        format.expiresIn = try given.optionalPath("expiresIn") ?? format.expiresIn
        format.expiresInUnit = try given.choice("expiresInUnit", default: .seconds)
        format.scope = try given.optionalPath("scope") ?? format.scope
        format.idToken = try given.optionalPath("idToken") ?? format.idToken
        format.successFlag = try given.optionalPath("successFlag")
        format.error = try given.optionalPath("error") ?? format.error
        format.errorDescription = try given.optionalPath("errorDescription") ?? format.errorDescription
        return format
    }

    nonisolated(unsafe) private static let tokenTypeShape = /[A-Za-z][A-Za-z0-9\-]{0,39}/

    /// The word before a token in a header (RFC 6749 §7.1).
    private static func tokenType(in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        guard let node = mapping["tokenType"] else { return nil }
        let type = try node.text()
        guard type.wholeMatch(of: tokenTypeShape) != nil else {
            throw node.error("must be one word, such as Bearer")
        }
        return type
    }

    private static func algorithms(in mapping: DefinitionMapping) throws(DefinitionError) -> [SignatureAlgorithm]? {
        guard let node = mapping["idTokenAlgorithms"] else { return nil }
        let known = SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
        var algorithms: [SignatureAlgorithm] = []
        for place in try node.list() {
            guard let algorithm = SignatureAlgorithm(rawValue: try place.text()) else {
                throw place.error("must be one of \(known)")
            }
            algorithms.append(algorithm)
        }
        guard !algorithms.isEmpty else { throw node.error("must name at least one of \(known)") }
        return algorithms
    }

    /// What is kept can be read by whoever may use the connection, so no token may be in it.
    private static func keptMembers(
        in mapping: DefinitionMapping,
        _ format: TokenResponseFormat
    ) throws(DefinitionError) -> [String] {
        let paths = try mapping.paths("keepFromToken")
        let tokens = [format.accessToken, format.refreshToken, format.idToken]
        for path in paths where tokens.contains(where: { $0 == path || $0.hasPrefix("\(path).") }) {
            throw try mapping.required("keepFromToken").error("\(path) is or holds a token, which is kept sealed")
        }
        return paths
    }

    /// The code and the state have served with the callback.
    private static func keptParameters(
        in mapping: DefinitionMapping,
        _ provider: OAuthProvider
    ) throws(DefinitionError) -> [String] {
        var names: [String] = []
        for node in try mapping["keepFromCallback"]?.list() ?? [] {
            let name = try node.parameterName()
            guard !["code", "state", provider.codeParameter].contains(name) else {
                throw node.error("\(name) is kept nowhere")
            }
            names.append(name)
        }
        return names
    }
}
