/// How a client's provider exchanges access tokens for longer-lived ones, which it has instead of refresh tokens.
public struct ExchangeQuirks: Sendable, Equatable {
    public init() {}

    /// Facebook, Instagram and Threads: GET.
    public var method = Method.either
    /// Facebook: `fb_exchange_token`; Instagram: `ig_exchange_token`; Threads: `th_exchange_token`.
    public var grantType = ""
    /// In seconds (all three: sixty days).
    public var lifetime = 60 * 24 * 3600
    /// Seconds that a long-lived token must have been there before it can be renewed (Instagram: a day).
    public var earliestRenewal = 0
    /// A dot path to the members of the answer.
    public var answerPath = ""
    /// Some leave it out, for tokens that do not expire.
    public var expiresInAnswer = true

    public enum Method: String, Sendable, CaseIterable { case either, get, post }
}

extension ExchangeQuirks: Switchable {
    static let switches: [Switch<ExchangeQuirks>] = [
        .choice("method", \.method),
        .text("grantType", \.grantType),
        .seconds("lifetime", \.lifetime),
        .seconds("earliestRenewal", \.earliestRenewal),
        .text("answerPath", \.answerPath),
        .flag("expiresInAnswer", \.expiresInAnswer),
    ]
}
