import Testing

@testable import Integrations

@Suite struct TemplateTests {
    private let template = Template("https://{subdomain}.example.com/v1/{path}?q={path}")

    @Test func `values are encoded for the place they stand in`() throws {
        let url = try template.address(
            with: ["subdomain": "Acme", "path": "a/../b?c&d #é"],
            allowedHosts: [".example.com"]
        )
        let encoded = "a%2F..%2Fb%3Fc%26d%20%23%C3%A9"
        #expect(url == "https://acme.example.com/v1/\(encoded)?q=\(encoded)")
    }

    @Test(arguments: [
        "evil.com/", "evil.com#", "a@b", "%2e", "", "-a", "a-", String(repeating: "a", count: 64), "a.", "a\u{0}",
        "a b", "a:1",
        "a\\", "ä",
    ])
    func `a host cannot be taken over`(value: String) {
        #expect(throws: TemplateError.self) {
            try template.address(with: ["subdomain": value, "path": "x"], allowedHosts: [".example.com"])
        }
    }

    @Test(arguments: [
        ([".example.org"], false), ([".example.com"], true), (["acme.example.com"], true), (["example.com"], false),
    ])
    func `the result must lie in an allowed host`(hosts: [String], isAllowed: Bool) {
        let url = try? template.address(with: ["subdomain": "acme", "path": "x"], allowedHosts: hosts)
        #expect((url != nil) == isAllowed)
    }

    @Test func `a missing value is named, and Base64 is offered`() throws {
        #expect(throws: TemplateError.missingValue("path")) { try template.address(with: ["subdomain": "a"]) }
        let basic = try Template("Basic {pair|base64}").filled(with: ["pair": "a:b"])
        #expect(basic == "Basic YTpi")
        #expect(try Template(#"{"a": 1}"#).filled(with: [:]) == #"{"a": 1}"#)
        // A mark that belongs to the brace in print stays.
        #expect(try Template("{\u{301} {a}").filled(with: ["a": "b"]) == "{\u{301} b")
    }
}
