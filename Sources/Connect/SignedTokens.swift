internal import OAuth
internal import Secrecy
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
        fileprivate var type: String { "\(rawValue)+jwt" }
    }

    struct Claims {
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
    }

    /// The first signs.
    private let keys: [Kind: [SharedKey]]
    private let issuer: String

    init(keys ring: KeyRing, issuer: String) {
        let kinds = Kind.allCases.map { kind in
            let keys = ring.ids.compactMap { id in
                ring.derivedKey(purpose: "\(kind.rawValue)-token", id: id).map { SharedKey($0, id: id) }
            }
            return (kind, keys)
        }
        keys = Dictionary(uniqueKeysWithValues: kinds)
        self.issuer = issuer
    }

    func sign(_ claims: Claims, as kind: Kind) -> String {
        var members = claims.members
        members["iss"] = .string(issuer)
        members["aud"] = .string(kind.rawValue)
        return kind.prefix + (keys[kind]?.first?.sign(members, type: kind.type) ?? "")
    }

    /// What a token says, or nothing where it is not one of ours of this kind.
    ///
    /// Expiry is looked at where the clock is: a finished session, for one, stays readable for a while.
    func read(_ token: String, as kind: Kind) -> Claims? {
        guard token.hasPrefix(kind.prefix), token.utf8.count <= 2048,
            let signature = try? JSONWebSignature(
                Secret(String(token.dropFirst(kind.prefix.count))),
                allowing: [.hs256]
            ),
            signature.type == kind.type, let payload = try? signature.payload(verifiedBy: keys[kind] ?? []),
            let claims = try? JSON.parse(payload), claims["iss"]?.string == issuer,
            claims["aud"]?.string == kind.rawValue
        else { return nil }
        return Claims(claims)
    }
}

extension SignedTokens.Claims {
    fileprivate var members: JSON.Object {
        var members: JSON.Object = ["jti": .string(jti), "org": .string(org)]
        for (name, value) in [("ws", ws), ("sub", sub), ("uid", uid), ("int", int), ("wsi", wsi)] {
            members[name] = value.map(JSON.string)
        }
        members["iat"] = .integer(iat)
        members["exp"] = .integer(exp)
        return members
    }

    fileprivate init?(_ json: JSON) {
        guard let jti = json["jti"]?.string, let org = json["org"]?.string, let iat = json["iat"]?.integer,
            let exp = json["exp"]?.integer
        else { return nil }
        self.init(
            jti: jti,
            org: org,
            ws: json["ws"]?.string,
            sub: json["sub"]?.string,
            uid: json["uid"]?.string,
            int: json["int"]?.string,
            wsi: json["wsi"]?.string,
            iat: iat,
            exp: exp
        )
    }
}
