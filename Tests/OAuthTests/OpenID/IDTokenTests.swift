import Crypto
import FoundationEssentials
import OAuth
import StrictJSON
import Testing

@Suite struct IDTokenTests {
    @Test func `a payload that is not an object with each name once`() throws {
        let signIn = try SignIn()
        let header = JSON.object(["alg": "RS256", "kid": "rsa"]).bytes
        for payload in [
            "", "[]", "x", #"{"iss":"https://p.example","iss":"https://p.example"}"#, "{\"sub\":\"\u{1}\"}",
        ] {
            let token = Forge.rs256.token(payload: Array(payload.utf8), header: header)
            #expect(throws: IDTokenFault.malformed) { try signIn.read(token) }
        }
    }

    @Test func `a text that is no token`() throws {
        let signIn = try SignIn()
        #expect(throws: IDTokenFault.malformed) { try signIn.read(Secret("x")) }
        #expect(throws: IDTokenFault.tooLarge) { try signIn.read(Secret(String(repeating: "x", count: 70000))) }
    }

    @Test(arguments: SignatureFault.allCases)
    func `each fault of a signature has the same name here`(fault: SignatureFault) {
        #expect(IDTokenFault(rawValue: fault.rawValue) != nil)
    }

    @Test func `the hash of the access token follows the algorithm`() throws {
        let accessToken = Array("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".utf8)
        let hashes = [
            "RS384": Base64URL.encode(SHA384.hash(data: accessToken).prefix(24)),
            "PS512": Base64URL.encode(SHA512.hash(data: accessToken).prefix(32)),
        ]
        for (name, hash) in hashes {
            let key = try SigningKey(Secret(JSON.key(PublishedKeys.rsa).with(["alg": .string(name)]).text))
            var signIn = try SignIn()
            signIn.expectation.accessToken = Secret(String(decoding: accessToken, as: UTF8.self))
            signIn.expectation.algorithms = [key.algorithm]
            signIn.keys = [key.publicKey.json]
            for (claim, fault) in [(hash, nil), ("77QmUPtjPfzWtF2AnpK9RQ", IDTokenFault.wrongAccessTokenHash)] {
                let claims = signIn.claims.with(["at_hash": .string(claim)])
                let token = try key.sign(claims: #require(claims.object))
                if let fault {
                    #expect(throws: fault) { try signIn.read(token) }
                } else {
                    #expect(try signIn.read(token).subject == "24400320")
                }
            }
        }
    }

    @Test(arguments: [
        (#"{"sub":"24400320","name":"Jane"}"#, true), (#"{"sub":"24400321"}"#, false), (#"{"sub":24400320}"#, false),
        ("{}", false), ("[]", false),
    ])
    func `userinfo-invalid-sub`(userinfo: String, agrees: Bool) throws {
        #expect(try SignIn().read().agrees(with: JSON.parse(userinfo)) == agrees)
    }

    @Test(arguments: [
        (JSON.bool(true), "j@x.example"), ("true", "j@x.example"), (false, nil), ("false", nil), (1, nil), (.null, nil),
    ])
    func `an e-mail address counts where the provider vouches for it`(isVerified: JSON, email: String?) throws {
        var signIn = try SignIn()
        signIn.claims = signIn.claims.with(["email": "j@x.example", "email_verified": isVerified])
        #expect(try signIn.read().verifiedEmail == email)
        #expect(try signIn.read().claims.value(at: "email") == "j@x.example")
    }

    @Test func `an address without word of it does not count`() throws {
        var signIn = try SignIn()
        signIn.claims = signIn.claims.with(["email": "j@x.example"])
        #expect(try signIn.read().verifiedEmail == nil)
    }
}
