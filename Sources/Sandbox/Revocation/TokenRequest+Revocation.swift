import HTTPTypes

extension TokenRequest {
    /// Whatever in the request could be the token, to find the client by.
    func possibleTokens(inPath: String?) -> [String] {
        (parameters.pairs + query.pairs).map(\.value) + [bearer, inPath].compactMap(\.self)
    }

    /// The token from the one place where it is looked for.
    func token(_ quirks: RevocationQuirks, inPath: String?) -> String? {
        switch quirks.tokenLocation {
        case .form, .json: parameters[quirks.tokenParameter]
        case .query: query[quirks.tokenParameter]
        case .path: inPath
        case .bearer: bearer
        case .absent: nil
        }
    }

    /// Checks the shape of a revocation request.
    func check(_ quirks: RevocationQuirks) throws(OAuthError) {
        guard method.rawValue.lowercased() == quirks.method.rawValue else {
            throw OAuthError(code: "invalid_request", description: "wrong method", status: .methodNotAllowed)
        }
        guard isJSON == (quirks.tokenLocation == .json) || body.isEmpty else {
            throw .invalidRequest("the body has the wrong type")
        }
        for (name, value) in quirks.requiredParameters where (parameters[name] ?? query[name]) != value {
            throw .invalidRequest("\(name) must be \(value)")
        }
        try requireHeaders(quirks.requiredHeaders)
    }

    private var bearer: String? {
        let parts = headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}
