import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Mustache
import NIOCore
import StrictJSON
import Synchronization
import Testing

@testable import Sandbox

/// Drives a sandbox as a browser and as a client of it would.
struct SandboxDriver: Sendable {
    static let issuer = "http://sandbox.test"
    static let callback = "https://app.example/callback"
    static let clientID = "app"
    static let secret = "s3cret+with/odd:chars%&=end"
    static let verifier = String(repeating: "v", count: 43)

    let client: any TestClientProtocol
    let clock: TestClock

    /// Sends a request; `form` becomes its body.
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        form: FormParameters? = nil,
        body: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields: HTTPFields = [:]
        if form != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        for (name, value) in headers { fields.set(name, value) }
        let buffer = (form?.encoded ?? body).map { ByteBuffer(string: $0) }
        return Answer(try await client.execute(uri: uri, method: method, headers: fields, body: buffer))
    }

    // MARK: Browser

    static func authorizationQuery(
        scope: String = "openid profile email",
        changing changes: [String: String?] = [:]
    ) -> String {
        var pairs = [
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", callback), ("state", "st4te"),
            ("scope", scope), ("nonce", "n0nce"), ("code_challenge_method", "S256"),
            ("code_challenge", ProofKey.challenge(for: verifier)),
        ]
        for (name, value) in changes {
            pairs.removeAll { $0.0 == name }
            if let value { pairs.append((name, value)) }
        }
        return FormParameters(pairs).encoded
    }

    func authorize(_ query: String = authorizationQuery()) async throws -> Answer {
        try await send(.get, "/authorize?" + query)
    }

    /// Signs Ada in on a page that `authorize` gave, and returns the next page.
    func signIn(on page: Answer, persona: String = "ada") async throws -> Answer {
        let handle = try #require(page.transaction)
        let form = FormParameters([("transaction", handle), ("persona", persona)])
        let redirect = try await send(.post, "/authorize/sign-in", form: form)
        return try await send(.get, try #require(redirect.location))
    }

    func decide(on page: Answer, _ decision: String, scopes: [String] = []) async throws -> Answer {
        let handle = try #require(page.transaction)
        let form = FormParameters([("transaction", handle), ("decision", decision)] + scopes.map { ("scope", $0) })
        return try await send(.post, "/authorize/consent", form: form)
    }

    /// A code for `Quirks.automaticUser`.
    func code(_ query: String = authorizationQuery()) async throws -> String {
        try #require(try await authorize(query).callback?["code"])
    }

    // MARK: Client

    func token(
        _ pairs: [(String, String)],
        at base: String = "",
        headers: [String: String] = basic()
    ) async throws -> Answer {
        try await send(.post, base + "/token", form: FormParameters(pairs), headers: headers)
    }

    func exchange(
        _ code: String,
        verifier: String = verifier,
        at base: String = "",
        headers: [String: String] = basic()
    ) async throws -> Answer {
        let pairs = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.callback),
            ("code_verifier", verifier),
        ]
        return try await token(pairs, at: base, headers: headers)
    }

    func refresh(_ token: String) async throws -> Answer {
        try await self.token([("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    /// Tokens from a whole flow.
    func tokens(_ query: String = authorizationQuery()) async throws -> Answer { try await exchange(code(query)) }

    func get(_ uri: String, bearer token: String) async throws -> Answer {
        try await send(.get, uri, headers: ["Authorization": "Bearer " + token])
    }

    static func basic(_ id: String = clientID, _ secret: String = secret, encoded: Bool = true) -> [String: String] {
        let pair = encoded ? FormParameters.encode(id) + ":" + FormParameters.encode(secret) : id + ":" + secret
        return ["Authorization": "Basic " + Data(pair.utf8).base64EncodedString()]
    }
}

/// A response in the words of the tests.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    var json: JSON { (try? JSON.parse(text)) ?? .null }
    var error: String? { json["error"]?.string }
    var location: String? { headers[.location] }
    var accessToken: String { json["access_token"]?.string ?? "" }
    var refreshToken: String? { json["refresh_token"]?.string }

    /// The parameters of a redirect.
    var callback: FormParameters? {
        location?.split(separator: "?", maxSplits: 1).last.map { FormParameters(parsing: $0.split(separator: "#")[0]) }
    }

    /// The handle in a page's form.
    var transaction: String? {
        text.firstMatch(of: /name="transaction" value="([A-Za-z0-9_]+)"/).map { String($0.1) }
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

/// A clock that moves only when told to.
final class TestClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    func now() -> Date { time.withLock { $0 } }
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}
