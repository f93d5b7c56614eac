/// What an error of an OAuth provider means to the operator of a client, and what to do.
struct OAuthErrorHelp: Sendable, Equatable {
    /// As the provider writes it.
    let code: String
    let matter: Matter
    /// One sentence.
    let meaning: String
    /// One sentence.
    let advice: String

    /// What an error is about.
    enum Matter: String, Sendable, CaseIterable {
        /// The OAuth app: its client id, its secret, or what it may do.
        case client
        /// The address to which people come back.
        case redirectURI
        case scope
        /// The authorization code or the token; the client itself was accepted.
        case grant
        /// The person, or what their organization allows.
        case person
        /// The form of the request.
        case request
        /// The provider itself.
        case provider
    }

    init(_ code: String, _ matter: Matter, _ meaning: String, _ advice: String) {
        self.code = code
        self.matter = matter
        self.meaning = meaning
        self.advice = advice
    }

    static let all = authorization + openID + token + extensions + madeUp + ofOneProvider + microsoft

    /// The entry for an error as a provider wrote it, in any case; of Microsoft's also the number alone, or a whole
    /// description that starts with it.
    static func of(_ text: String) -> OAuthErrorHelp? {
        let text = text.trimmingPrefix(/\s+/)
        let words = String(text.prefix { !$0.isWhitespace && $0 != ":" }).lowercased()
        let code = words.wholeMatch(of: /\d{5,7}/) == nil ? words : "aadsts" + words
        return byCode[code]
    }

    /// The first of Microsoft's codes in a text; they say more than the error beside them.
    static func microsoft(in text: String) -> OAuthErrorHelp? {
        text.firstMatch(of: /AADSTS\d{5,7}\b/).flatMap { of(String($0.output)) }
    }

    private static let byCode = Dictionary(
        all.map { ($0.code.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
    )
}
