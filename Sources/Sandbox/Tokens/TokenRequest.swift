import Foundation
import Hummingbird
import HTTPTypes
import NIOCore
import StrictJSON

/// A request to the token, revocation or introspection endpoint as it came, before anything is believed.
struct TokenRequest: Sendable {
    let method: HTTPRequest.Method
    /// The path that it was sent to.
    let path: String
    let headers: HTTPFields
    let query: FormParameters
    /// As it came.
    let body: String
    let isJSON: Bool
    let parameters: FormParameters
    /// The part behind `Basic`, decoded from base64 but not further.
    let basic: BasicCredentials?

    init(_ request: Request) async throws(OAuthError) {
        method = request.method
        path = request.uri.path
        headers = request.headers
        query = FormParameters(parsing: request.uri.query ?? "")
        isJSON = request.headers[.contentType]?.hasPrefix("application/json") ?? false
        basic = request.headers[.authorization].flatMap(BasicCredentials.init)
        guard let buffer = try? await request.body.collect(upTo: FormParameters.bodyLimit) else {
            throw .invalidRequest("the body is too long")
        }
        body = String(buffer: buffer)
        parameters = try isJSON ? Self.parameters(inJSON: buffer) : FormParameters(parsing: body)
    }

    /// What proves the client by its key (RFC 7521 §4.2), not yet checked.
    var assertion: JSONWebSignature? { parameters["client_assertion"].flatMap(JSONWebSignature.init) }

    /// The client that the request says it is from.
    func client(among clients: [String: SandboxClient]) -> SandboxClient? {
        clients.values.first { client in
            if let basic { return basic.decoded(for: client.quirks).username == client.id }
            if let named = parameters[client.quirks.wireName("client_id")] { return named == client.id }
            return assertion?.claims["sub"]?.string == client.id
        }
    }

    private static func parameters(inJSON buffer: ByteBuffer) throws(OAuthError) -> FormParameters {
        // Dropbox takes a POST without a body, whatever its content type.
        guard buffer.readableBytes > 0 else { return FormParameters() }
        guard let object = (try? JSON.parse(Array(buffer.readableBytesView)))?.object else {
            throw .invalidRequest("the body is not a JSON object")
        }
        return FormParameters(object.members.map { ($0.name, $0.value.string ?? $0.value.text) })
    }
}

/// A user name and password of HTTP Basic authentication (RFC 7617).
struct BasicCredentials: Sendable {
    let username: String
    let password: String

    init?(_ authorization: String) {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
        guard let data = Data(base64Encoded: String(parts[1])) else { return nil }
        let pair = String(decoding: data, as: UTF8.self).split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        username = String(pair[0])
        password = pair.count > 1 ? String(pair[1]) : ""
    }

    private init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// Both are form-encoded in OAuth (RFC 6749 §2.3.1), except where a server ignores that.
    func decoded(for quirks: Quirks) -> BasicCredentials {
        if quirks.rawBasicCredentials { return self }
        return BasicCredentials(username: FormParameters.decode(username), password: FormParameters.decode(password))
    }
}
