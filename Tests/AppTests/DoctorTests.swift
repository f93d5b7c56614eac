@testable import App
import Foundation
import OAuth
import Testing

@Suite struct DoctorTests {
    @Test func `every error is explained once, in one sentence, with one of advice`() {
        let codes = OAuthErrorHelp.all.map { $0.code.lowercased() }
        #expect(Set(codes).count == codes.count)
        #expect(codes.count > 60)
        for help in OAuthErrorHelp.all {
            for sentence in [help.meaning, help.advice] {
                #expect(sentence.hasSuffix(".") && sentence.first?.isUppercase == true, "\(help.code): \(sentence)")
                #expect(sentence.count < 200, "\(help.code): \(sentence)")
            }
        }
    }

    /// RFC 6749 §4.1.2.1 and §5.2, RFC 7009 §2.2.1, RFC 9126 §2.3, OpenID Connect Core §3.1.2.6.
    @Test(arguments: [
        "invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope",
        "server_error", "temporarily_unavailable", "invalid_client", "invalid_grant", "unsupported_grant_type",
        "unsupported_token_type", "invalid_request_uri", "interaction_required", "login_required",
        "account_selection_required", "consent_required", "redirect_uri_mismatch", "bad_verification_code",
    ])
    func `the errors of the specifications, and the best known others, are explained`(code: String) {
        #expect(OAuthErrorHelp.of(code)?.code == code)
        #expect(OAuthErrorHelp.of(" \(code.uppercased()): some words")?.code == code)
    }

    @Test(arguments: ["AADSTS50011", "50011", "aadsts50011: The redirect URI …"])
    func `Microsoft's are known by number and description`(text: String) {
        #expect(OAuthErrorHelp.of(text)?.matter == .redirectURI)
        #expect(OAuthErrorHelp.of("nonsense") == nil && OAuthErrorHelp.of("") == nil)
        #expect(OAuthErrorHelp.microsoft(in: "invalid_client: AADSTS7000222: expired")?.code == "AADSTS7000222")
    }

    @Test(arguments: [
        ("Thu, 15 Jan 2026 10:30:00 GMT", Finding.Sign.good), ("Thu, 15 Jan 2026 10:30:58 GMT", .good),
        ("Thu, 15 Jan 2026 10:31:05 GMT", .bad), ("Thu, 15 Jan 2026 10:28:50 GMT", .bad),
    ])
    func `a clock may be a minute off`(header: String, sign: Finding.Sign) throws {
        let now = Date(timeIntervalSince1970: 1_768_473_000)
        let reading = try #require(ClockReading(header, sent: now, received: now.addingTimeInterval(0.4)))
        #expect(reading.finding.sign == sign)
        #expect(ClockReading("yesterday", sent: now, received: now) == nil)
        #expect(ClockReading(nil, sent: now, received: now) == nil)
    }

    @Test(arguments: [
        ("invalid_grant", Finding.Sign.good), ("bad_verification_code", .good), ("invalid_client", .bad),
        ("redirect_uri_mismatch", .bad), ("unheard_of", .warning), ("server_error", .warning),
    ])
    func `what a provider says of a made-up code tells about the client`(code: String, sign: Finding.Sign) {
        let error = OAuthError.provider(ProviderError(code: code, description: nil))
        for method in [ClientAuthenticationMethod.clientSecretPost, .privateKeyJWT] {
            let verdict = TokenVerdict(provider: "Acme", authentication: method, hasSecret: true)
            #expect(verdict.finding(for: error).sign == sign)
        }
    }
}
