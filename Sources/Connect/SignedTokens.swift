internal import Crypto
internal import Foundation
internal import JWTKit
internal import OAuth
internal import Storage
internal import StrictJSON

/// Signs and checks the tokens in links: a prefix and a JWT (HS256) with nothing private in it.
///
/// Each kind has signing keys of its own, one for each key of the ring; the `kid` tells which. A token of one kind is
/// worth nothing as another.
struct SignedTokens: Sendable {
    enum Kind: String, CaseIterable {
        /// Opens one connect session.
        case connect
        /// Opens an end user's portal page, again and again until it expires.
        case portal

        var prefix: String { self == .connect ? "cst_" : "eut_" }
    }

    struct Claims: JWTPayload {
        var iss = ""
        var aud = ""
        /// The session, or just a new id.
        var jti: String
        var org: String
        /// The workspace of a portal page.
        var ws: String?
        /// The end user of a portal page, sealed.
        var sub: String?
        /// The id of their row, for a link that ends with it.
        var uid: String?
        /// The integration or workspace integration to which a portal page is limited.
        var int: String?
        var wsi: String?
        var iat: Int64
        var exp: Int64

        // Expiry is looked at where the clock is: a finished session, for one, stays readable for a while.
        func verify(using _: some JWTAlgorithm) throws {}
    }

    private let signers: [Kind: JWTKeyCollection]
    private let issuer: String
    private let kid: JWKIdentifier

    init(keys: KeyRing, issuer: String) async throws {
        var signers: [Kind: JWTKeyCollection] = [:]
        for kind in Kind.allCases {
            let collection = JWTKeyCollection()
            for id in keys.ids {
                guard let key = keys.derivedKey(purpose: "\(kind.rawValue)-token", id: id) else { continue }
                await collection.add(hmac: HMACKey(key: key), digestAlgorithm: .sha256, kid: JWKIdentifier(string: id))
            }
            signers[kind] = collection
        }
        self.signers = signers
        self.issuer = issuer
        kid = JWKIdentifier(string: keys.ids[0])
    }

    func sign(_ claims: Claims, as kind: Kind) async throws -> String {
        var claims = claims
        claims.iss = issuer
        claims.aud = kind.rawValue
        let header: JWTHeader = ["typ": .string("\(kind.rawValue)+jwt")]
        return kind.prefix + (try await signers[kind]?.sign(claims, kid: kid, header: header) ?? "")
    }

    /// What a token says, or nothing where it is not one of ours of this kind.
    func read(_ token: String, as kind: Kind) async -> Claims? {
        guard token.hasPrefix(kind.prefix), token.utf8.count <= 2048, let signer = signers[kind] else { return nil }
        let jwt = String(token.dropFirst(kind.prefix.count))
        guard let header = jwt.split(separator: ".").first.flatMap({ Base64URL.decode($0) }),
            let fields = try? JSON.parse(Array(header)), fields["typ"]?.string == "\(kind.rawValue)+jwt",
            fields["alg"]?.string == "HS256", let claims = try? await signer.verify(jwt, as: Claims.self),
            claims.iss == issuer, claims.aud == kind.rawValue
        else { return nil }
        return claims
    }
}
