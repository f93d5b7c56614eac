import Foundation

/// Everything the sandbox remembers, kept in memory behind one lock.
struct SandboxState: Sendable {
    var clients: [String: SandboxClient]
    /// Sign-ins that are under way, by the handle in their pages.
    var transactions: [String: Transaction] = [:]
    /// Who is signed in, by the browser's cookie.
    var sessions: [String: String] = [:]
    var grants: [String: Grant] = [:]
    var codes: [String: AuthorizationCode] = [:]
    var accessTokens: [String: AccessToken] = [:]
    var refreshTokens: [String: RefreshToken] = [:]
    /// Authorization requests that wait for the browser, by `request_uri`.
    var pushedRequests: [String: PushedRequest] = [:]
    /// The assertions seen, by client and `jti`, until they expire.
    var assertions: [[String]: Date] = [:]
    var metadata = MetadataChanges()
    var requests = RequestLog()
    /// The clients whose next request `Faults.everyOther` spares.
    var spared: Set<String> = []

    init(clients: [SandboxClient]) {
        self.clients = Dictionary(clients.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// The faults that hit this request, counted down.
    mutating func takeFaults(of clientID: String?, at endpoint: Faults.Endpoint) -> Faults? {
        guard let clientID, let faults = clients[clientID]?.faults, faults.isOn, faults.endpoint == endpoint else {
            return nil
        }
        if faults.everyOther {
            guard spared.remove(clientID) == nil else { return nil }
            spared.insert(clientID)
        }
        clients[clientID]?.faults.times = faults.times.map { $0 - 1 }
        return faults
    }
}

/// An authorization request whose person has not decided yet.
struct Transaction: Sendable {
    let request: AuthorizationRequest
    let startedAt: Date
    var username: String?
}

/// An authorization request that came by a back channel (RFC 9126 §2).
struct PushedRequest: Sendable {
    let request: AuthorizationRequest
    let expiresAt: Date
}

/// What one person, or the client itself, allowed a client to do.
struct Grant: Sendable {
    let clientID: String
    /// Where it was given.
    let issuer: String
    /// `nil` for the client credentials grant.
    let user: SandboxUser?
    let scopes: [String]
    let nonce: String?
    let authenticatedAt: Date
    let allowsRefresh: Bool
    var isRevoked = false
}

/// A code between the authorization response and the token request (RFC 6749 §4.1.2).
struct AuthorizationCode: Sendable {
    let grantID: String
    /// As the request had it; `nil` if it named none.
    let redirectURI: String?
    let codeChallenge: String?
    let expiresAt: Date
    var isUsed = false
}

struct AccessToken: Sendable {
    let grantID: String
    let scopes: [String]
    let issuedAt: Date
    /// `nil` for a token that lasts.
    let expiresAt: Date?
    /// Whether it came from an exchange (`ExchangeQuirks`).
    let isLongLived: Bool
    var isRevoked = false

    func isAlive(at date: Date) -> Bool { !isRevoked && expiresAt.map { date < $0 } ?? true }
}

struct RefreshToken: Sendable {
    let grantID: String
    let expiresAt: Date?
    /// The newest access token issued with it.
    var accessToken: String
    /// When a newer one took its place.
    var rotatedAt: Date?
    var isRevoked = false
}
