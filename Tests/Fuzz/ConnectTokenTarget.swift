import Foundation
import Storage

@testable import Connect

extension Target {
    /// The token in a link: it says what we signed, as the kind that it was signed as, or nothing.
    ///
    /// The sample is the token itself, and again a list of changes to one that is right.
    static let connectToken = Target("connect-token") { sample in
        for bytes in [sample.bytes, sample.editing(Array(TokenSample.connect.utf8))] {
            let text = String(decoding: bytes, as: UTF8.self)
            let connect = TokenSample.tokens.read(text, as: .connect)
            let portal = TokenSample.tokens.read(text, as: .portal)
            expect(portal == nil, "a token of one kind is worth nothing as another")
            guard let connect else {
                expect(text != TokenSample.connect, "the right token is read")
                continue
            }
            expect(
                connect.jti == TokenSample.claims.jti && connect.org == TokenSample.claims.org,
                "it says what we said"
            )
            expect(connect.exp == TokenSample.claims.exp && connect.sub == nil, "and nothing else")
        }
    }
}

private enum TokenSample {
    static let claims = SignedTokens.Claims(
        jti: "00000000-0000-7000-8000-000000000001",
        org: "00000000-0000-7000-8000-000000000002",
        iat: 1_700_000_000,
        exp: 1_700_014_400
    )
    static let tokens: SignedTokens = {
        do {
            let keys = try KeyRing(text: "k1:" + Data(repeating: 1, count: 32).base64EncodedString())
            return SignedTokens(keys: keys, issuer: "https://portal.example")
        } catch { fatalError("\(error)") }
    }()
    static let connect = tokens.sign(claims, as: .connect)
}
