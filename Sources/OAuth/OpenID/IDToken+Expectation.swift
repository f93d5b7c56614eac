extension IDToken {
    /// What an id_token has to say to be believed.
    public struct Expectation: Sendable {
        public var issuer: String
        public var clientID: String
        public var occasion: Occasion
        /// The time, in seconds since 1970.
        public var now: Int64
        public var algorithms: Set<SignatureAlgorithm> = [.rs256]
        /// The access token of the same answer, for `at_hash` (OpenID Connect Core §3.1.3.6).
        public var accessToken: Secret?
        /// Others for whom the token may also be meant.
        public var trustedAudiences: Set<String> = []
        /// The `max_age` of the authorization request, if it had one (OpenID Connect Core §3.1.2.1).
        public var maxAge: Int64?

        public init(issuer: String, clientID: String, occasion: Occasion, now: Int64) {
            self.issuer = issuer
            self.clientID = clientID
            self.occasion = occasion
            self.now = now
        }
    }

    /// What the token came with.
    public enum Occasion: Sendable {
        /// The answer to a code; the nonce of the authorization request has to come back.
        case authorization(nonce: String?)
        /// The answer to a refresh: the same person, and if a nonce, that of the first token (OpenID Connect Core §12.2).
        case refresh(subject: String, nonce: String?)
    }
}
