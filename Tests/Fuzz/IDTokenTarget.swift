import Crypto
import Foundation
import OAuth
import StrictJSON

extension Target {
    /// The claims of an id_token whose signature is right: believed only if all of OpenID Connect Core §3.1.3.7 is true.
    static let idToken = Target("id-token") { sample in
        let token = SignInSample.token(payload: sample.bytes)
        for occasion in SignInSample.occasions {
            let expectation = SignInSample.expectation(occasion)
            let read = try? IDToken(
                token,
                expecting: expectation,
                keys: JSONWebKeySet(keys: []),
                clientSecret: SignInSample.secret
            )
            guard let read else { continue }
            check(read, occasion, LenientClaims(sample.bytes))
        }
    }

    private static func check(_ token: IDToken, _ occasion: IDToken.Occasion, _ claims: LenientClaims) {
        expect(claims.text("iss") == SignInSample.issuer, "the issuer is the expected one")
        expect(claims.text("sub") == token.subject && !token.subject.isEmpty, "the subject is the one that came")
        expect(token.subject.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "the subject is ASCII")
        expect(claims.texts("aud") == [SignInSample.client], "the token is for this client and for no other")
        expect(claims.number("exp") > Double(SignInSample.now) - 60, "it has not expired")
        expect(claims.number("iat") <= Double(SignInSample.now) + 60, "it was not issued in the future")
        expect(claims.text("azp").map { $0 == SignInSample.client } ?? true, "the authorized party is this client")
        switch occasion {
        case .authorization(let nonce): expect(claims.text("nonce") == nonce, "the nonce is the one that was sent")
        case .refresh(let subject, let nonce):
            expect(token.subject == subject, "it is the same person")
            expect(claims.text("nonce").map { $0 == nonce } ?? true, "a nonce is that of the first token")
        }
    }
}

/// A sign-in with a shared secret, which is quick to sign.
enum SignInSample {
    static let issuer = "https://p.example"
    static let client = "client"
    static let now: Int64 = 1_700_000_000
    static let secret = Secret("a shared secret of the sample client")
    static let occasions: [IDToken.Occasion] = [
        .authorization(nonce: "n-0S6_WzA2Mj"), .authorization(nonce: nil),
        .refresh(subject: "24400320", nonce: "n-0S6_WzA2Mj"),
    ]

    static func expectation(_ occasion: IDToken.Occasion) -> IDToken.Expectation {
        var expectation = IDToken.Expectation(issuer: issuer, clientID: client, occasion: occasion, now: now)
        expectation.algorithms = [.hs256]
        expectation.accessToken = Secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y")
        return expectation
    }

    static func token(payload: [UInt8]) -> Secret {
        let signed = Base64URL.encode(Array(#"{"alg":"HS256"}"#.utf8)) + "." + Base64URL.encode(payload)
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
        return Secret("\(signed).\(Base64URL.encode(code))")
    }
}

/// Claims in the eyes of another parser.
private struct LenientClaims {
    private let members: [String: Any]

    init(_ bytes: [UInt8]) {
        let object = try? JSONSerialization.jsonObject(with: Data(bytes))
        members = object as? [String: Any] ?? [:]
    }

    func text(_ name: String) -> String? { members[name] as? String }
    func texts(_ name: String) -> [String] { text(name).map { [$0] } ?? members[name] as? [String] ?? [] }
    func number(_ name: String) -> Double { (members[name] as? NSNumber)?.doubleValue ?? .nan }
}
