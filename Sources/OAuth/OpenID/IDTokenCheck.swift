internal import StrictJSON

/// The claims of an id_token, whose signature is right, against what was expected (OpenID Connect Core §3.1.3.7).
///
/// Texts are compared byte by byte: `==` would take different spellings of `é` for the same.
struct IDTokenCheck {
    let claims: JSON
    let expectation: IDToken.Expectation

    /// By how many seconds two clocks may differ.
    private static let skew = 60.0

    func issuer() throws(IDTokenFault) {
        guard isText(claim("iss"), expectation.issuer) else { throw .wrongIssuer }
    }

    func subject() throws(IDTokenFault) -> String {
        guard let subject = claim("sub")?.string, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .missingSubject }
        if case .refresh(let earlier, _) = expectation.occasion, subject != earlier { throw .otherSubject }
        return subject
    }

    func audience() throws(IDTokenFault) {
        let audiences: [JSON]
        switch claim("aud") {
        case .string(let one): audiences = [.string(one)]
        case .array(let several): audiences = several
        case nil: throw .missingAudience
        default: throw .wrongAudience
        }
        guard audiences.contains(where: { isText($0, expectation.clientID) }) else { throw .wrongAudience }
        let others = audiences.filter { !isText($0, expectation.clientID) }
        guard others.allSatisfy({ $0.string.map(expectation.trustedAudiences.contains) ?? false }) else {
            throw .untrustedAudience
        }
        guard claim("azp") == nil ? others.isEmpty : isText(claim("azp"), expectation.clientID) else {
            throw .wrongAuthorizedParty
        }
    }

    func times() throws(IDTokenFault) {
        let now = Double(expectation.now)
        guard let expiry = seconds("exp") else { throw .missingExpiry }
        guard now < expiry + Self.skew else { throw .expired }
        guard let issuedAt = seconds("iat") else { throw .missingIssuedAt }
        guard issuedAt <= now + Self.skew else { throw .notYetValid }
        if claim("nbf") != nil {
            guard let notBefore = seconds("nbf"), notBefore <= now + Self.skew else { throw .notYetValid }
        }
        if let maxAge = expectation.maxAge {
            guard let authenticatedAt = seconds("auth_time"), now - authenticatedAt <= Double(maxAge) + Self.skew
            else { throw .authenticationTooOld }
        }
    }

    func nonce() throws(IDTokenFault) {
        let expected: String?
        switch expectation.occasion {
        case .authorization(let nonce):
            guard nonce == nil || claim("nonce") != nil else { throw .missingNonce }
            expected = nonce
        case .refresh(_, let nonce): expected = nonce
        }
        guard let nonce = claim("nonce") else { return }
        // One that was never sent belongs to another sign-in.
        guard let expected, isText(nonce, expected) else { throw .wrongNonce }
    }

    /// The left half of the access token's digest (OpenID Connect Core §3.1.3.6).
    func accessTokenHash(_ algorithm: SignatureAlgorithm) throws(IDTokenFault) {
        guard let hash = claim("at_hash"), let accessToken = expectation.accessToken else { return }
        let digest = Array(algorithm.digest(of: Array(accessToken.reveal().utf8)))
        guard isText(hash, Base64URL.encode(digest.prefix(digest.count / 2))) else { throw .wrongAccessTokenHash }
    }

    /// A claim; `null` is none.
    private func claim(_ name: String) -> JSON? { claims[name].flatMap { $0.isNull ? nil : $0 } }

    private func isText(_ value: JSON?, _ expected: String) -> Bool {
        value?.string.map { $0.utf8.elementsEqual(expected.utf8) } ?? false
    }

    /// A NumericDate, which may have a fraction (RFC 7519 §2).
    private func seconds(_ name: String) -> Double? {
        switch claim(name) {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        default: nil
        }
    }
}
