import OAuth
import StrictJSON

extension Target {
    /// An id_token as text: nothing is believed but what was signed, byte for byte.
    ///
    /// The sample is the token itself, and again a list of changes to one that is right.
    static let jwt = Target("jwt") { sample in
        let right = Array(SignInSample.token(payload: Array(SignatureSample.claims.utf8)).reveal().utf8)
        for bytes in [sample.bytes, sample.editing(right)] {
            let token = Secret(String(decoding: bytes, as: UTF8.self))
            var expectation = SignInSample.expectation(.authorization(nonce: nil))
            expectation.algorithms = Set(SignatureAlgorithm.allCases)
            do throws(IDTokenFault) {
                let read = try IDToken(
                    token,
                    expecting: expectation,
                    keys: SignatureSample.keys,
                    clientSecret: SignInSample.secret
                )
                expect(bytes == right, "only the right token is believed")
                expect(read.claims.text == SignatureSample.claims, "its claims are the signed ones")
            } catch { expect(bytes != right, "the right token is believed: \(error)") }
        }
    }
}

private enum SignatureSample {
    static let claims =
        #"{"iss":"https://p.example","sub":"24400320","aud":"client","exp":1700000300,"iat":1700000000}"#

    /// RFC 7515 A.3, RFC 8037 A.1 and RFC 7638 §3.1.
    static let keys: JSONWebKeySet = {
        let text = """
            {"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","kid":"ec",\
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"OKP","crv":"Ed25519","kid":"ed",\
            "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},{"kty":"RSA","e":"AQAB","kid":"rsa","n":"\
            0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjB\
            ZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8\
            KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_\
            xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}]}
            """
        do { return try JSONWebKeySet(Array(text.utf8)) } catch { fatalError("\(error)") }
    }()
}
