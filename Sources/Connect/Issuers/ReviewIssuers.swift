internal import Crypto
internal import Foundation
public import Integrations
public import OAuth
internal import Storage
internal import StrictJSON

/// What an issuer says of itself now, beside what is kept of it.
public struct IssuerReview: Sendable {
    public let issuer: String
    /// As it was when it was first asked, or last accepted; nothing before its first use.
    public let known: ProviderMetadata?
    /// As it is, or why that cannot be used.
    public let current: Result<ProviderMetadata, any Error>

    /// What accepting it would change.
    public var changes: [ProviderMetadata.Change] {
        guard let known, case .success(let current) = current else { return [] }
        return known.changes(to: current)
    }

    /// Stands for exactly what the issuer says now.
    public var fingerprint: String? {
        guard case .success(let current) = current else { return nil }
        return Base64URL.encode(SHA256.hash(data: current.json.bytes))
    }
}

extension Portal {
    /// The issuers of an integration that have been asked, with what they say now; nothing is kept.
    public func reviewIssuers(of integration: Integration) async throws -> [IssuerReview] {
        let templates = integration.auth.compactMap(\.issuer).filter(\.isDiscovered)
        guard !templates.isEmpty else { return [] }
        let ever = Instant(milliseconds: .max)
        let pinned = try await store.read { try $0.pinnedIssuers(checkedBefore: ever, limit: .max) }
        var reviews: [IssuerReview] = []
        for known in pinned where templates.contains(where: { $0.canHave(issuer: known.issuer) }) {
            reviews.append(await review(known.issuer, known))
        }
        return reviews
    }

    /// One issuer, whether or not it has been asked before; nothing is kept.
    public func reviewIssuer(_ issuer: String) async throws -> IssuerReview {
        await review(issuer, try await store.read { try $0.pinnedIssuer(issuer) })
    }

    /// Takes over what an issuer says of itself, if that is still what somebody has looked at.
    ///
    /// Throws `PortalError` where it is not, or where nothing is kept that it could replace.
    public func acceptIssuer(_ issuer: String, as fingerprint: String) async throws {
        let review = try await reviewIssuer(issuer)
        guard review.known != nil else { throw PortalError(.notFound, "\(issuer) has not been asked before") }
        guard review.fingerprint == fingerprint, case .success(let metadata) = review.current else {
            throw PortalError(.unavailable, "\(issuer) says something else again: look at it once more")
        }
        let now = now()
        let accepted = entry(
            .issuerAccepted,
            by: .operator,
            on: Activity.Party(type: "issuer", id: issuer),
            of: nil,
            .success,
            ["fingerprint": .string(fingerprint)]
        )
        try await store.write { transaction in
            try transaction.noteCheck(of: issuer, proposal: metadata.json, at: now)
            _ = try transaction.acceptProposal(of: issuer)
            try record(accepted, in: transaction)
        }
    }

    private func review(_ issuer: String, _ pinned: PinnedIssuer?) async -> IssuerReview {
        let current: Result<ProviderMetadata, any Error>
        do { current = .success(try await fetchMetadata(of: issuer)) } catch { current = .failure(error) }
        let known = pinned.flatMap { try? ProviderMetadata([$0.metadata], issuer: issuer) }
        return IssuerReview(issuer: issuer, known: known, current: current)
    }
}

extension OAuthTemplate {
    /// Whether an issuer is this provider's, for some person's inputs.
    fileprivate func canHave(issuer: String) -> Bool {
        guard let template = endpoints.issuer, template.contains("{") else { return issuer == endpoints.issuer }
        let parts = template.split(separator: /\{[^{}]*\}/, omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, issuer.hasPrefix(first), issuer.hasSuffix(last) else {
            return false
        }
        return WebAddress(issuer).map(mayUse) ?? false
    }
}
