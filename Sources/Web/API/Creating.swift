internal import Connect
internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Storage
internal import StrictJSON

/// Answers requests that create something, once per `Idempotency-Key`.
///
/// The answer is stored in the transaction that creates, so that a retry after a crash, or at the same moment, finds
/// either both or neither.
struct Creating {
    let portal: Portal
    private static let name = HTTPField.Name("Idempotency-Key") ?? .date

    func callAsFunction<Made: Sendable>(
        _ request: Request,
        _ context: APIContext,
        status: HTTPResponse.Status = .created,
        answer: @escaping @Sendable (Made) -> JSON,
        create: (JSON, @escaping Also<Made>) async throws -> Made
    ) async throws -> Response {
        let body = try await request.json()
        guard let key = try idempotencyKey(request, of: context.apiKey) else {
            return .json(answer(try await create(body) { _, _ in }), status: status)
        }
        let organization = context.apiKey.organizationID
        let fingerprint = Data(SHA256.hash(data: Data("\(request.uri.path)\n".utf8) + body.bytes))
        let replay = { try await self.replay(key, fingerprint, request, for: context.apiKey) }
        if let replay = try await replay() { return replay }
        let (sealer, now) = (portal.sealer, portal.now())
        do {
            let made = try await create(body) { transaction, made in
                let bytes = try sealer.seal(
                    Data(answer(made).bytes),
                    at: IdempotentAnswer.bodyPlace(key, of: organization)
                )
                try transaction.insert(
                    IdempotentAnswer(
                        organizationID: organization,
                        idempotencyKey: key,
                        fingerprint: fingerprint,
                        status: status.code,
                        body: bytes,
                        createdAt: now
                    ),
                    replacingBefore: now + .seconds(-86400)
                )
            }
            return .json(answer(made), status: status)
        } catch {
            // The same request may have got there first, in this moment: then its answer is ours, too.
            if let replay = try await replay() { return replay }
            throw error
        }
    }

    /// The request's key, among those of its API key: another one's answer is none of its business.
    private func idempotencyKey(_ request: Request, of caller: APIKey) throws(PortalError) -> String? {
        guard let key = request.headers[Self.name] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .validation([("Idempotency-Key", "must be 1 to 255 visible ASCII characters")])
        }
        return "\(caller.id) \(key)"
    }

    /// The stored answer to the same request; another request under the key is a conflict.
    private func replay(
        _ key: String,
        _ fingerprint: Data,
        _ request: Request,
        for caller: APIKey
    ) async throws -> Response? {
        let organization = caller.organizationID
        let since = portal.now() + .seconds(-86400)
        let stored = try await portal.store.read { try $0.idempotentAnswer(key, of: organization, since: since) }
        guard let stored else { return nil }
        guard stored.fingerprint == fingerprint else {
            throw PortalError(.idempotencyConflict, "This Idempotency-Key was used for another request")
        }
        let bytes = try portal.sealer.open(stored.body, at: IdempotentAnswer.bodyPlace(key, of: organization))
        try await portal.recordRepeatedAnswer(to: request.uri.path, for: caller)
        return .json(try JSON.parse(Array(bytes)), status: .init(code: stored.status))
    }
}
