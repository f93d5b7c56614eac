import OAuth

@testable import Integrations

extension [String] {
    var told: String? { isEmpty ? nil : joined(separator: " ") }
}

extension [String: String] {
    var told: String? { map { "\($0.key)=\($0.value)" }.sorted().told }
}

extension TokenResponseFormat {
    /// What differs from RFC 6749 §5.1.
    var told: String? {
        let standard = TokenResponseFormat()
        var differing: [String: String] = [:]
        let members: [(String, KeyPath<TokenResponseFormat, String>)] = [
            ("accessToken", \.accessToken), ("refreshToken", \.refreshToken), ("tokenType", \.tokenType),
            ("expiresIn", \.expiresIn), ("scope", \.scope), ("idToken", \.idToken), ("error", \.error),
            ("errorDescription", \.errorDescription),
        ]
        for (name, path) in members where self[keyPath: path] != standard[keyPath: path] {
            differing[name] = self[keyPath: path]
        }
        differing["successFlag"] = successFlag
        if expiresInUnit == .milliseconds { differing["expiresInUnit"] = "milliseconds" }
        return differing.told
    }
}

extension ExchangeTemplate {
    var told: String { "\(method) \(parameters.map(\.name).joined(separator: " "))" }
}

extension AccountLookup {
    /// Nothing for a GET with a Bearer token.
    var told: String? {
        switch source {
        case .idToken: "id_token"
        case .userinfo: "userinfo"
        case .request(let request): request.told(withoutBearer: true)
        }
    }
}

extension RequestTemplate {
    /// The method, where the credentials are, and what else it has in its header.
    var told: String { told(withoutBearer: false) ?? method }

    fileprivate func told(withoutBearer: Bool) -> String? {
        var parts = method == "GET" && withoutBearer ? [] : [method]
        for header in headers where header.name != "Content-Type" {
            let isPlain = header.value == Template("Bearer {accessToken}")
            if !isPlain || !withoutBearer {
                parts.append("\(header.name): \(header.value.placeholders.told ?? "fixed")")
            }
        }
        if let basic {
            parts.append("basic: \((basic.username.placeholders + basic.password.placeholders).told ?? "fixed")")
        }
        if let body { parts.append("body: \(body.placeholders.told ?? "fixed")") }
        return parts.told
    }
}
