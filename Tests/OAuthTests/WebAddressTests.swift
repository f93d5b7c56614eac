import OAuth
import Testing

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://Example.com", "https://example.com"),
        ("https://example.com:443/a?b=c", "https://example.com/a?b=c"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]/"), ("https://203.0.113.7", "https://203.0.113.7"),
        ("https://a-b.example.co.uk/%2e/?x=%20", "https://a-b.example.co.uk/%2e/?x=%20"),
    ])
    func `reads`(text: String, written: String) {
        #expect(WebAddress(text)?.text == written)
    }

    @Test(arguments: [
        "", "example.com", "//evil", "/\\evil", "https:evil", "https:/evil", "https://", "javascript://x",
        "ftp://a.example",
        "https://good.com@evil.com", "https://good.com\\@evil.com", "https://a.example/#f", "https://a.example/ b",
        "https://a.example\t/", "https://a.example\n", "https://a..example", "https://a.example.", "https://-a.example",
        "https://a.example:0", "https://a.example:70000", "https://a.example:", "https://%61.example",
        "https://ä.example",
        "https://a.example:8a", "https://[::1", "https://[gg::1]", "https://[0:0:0:0:0:0:0:1]",
        "https://[::ffff:127.0.0.1]", "https://[1:2]", "https://0x7f.1", "https://2130706433", "https://0177.0.0.1",
        "https://127.1", "https://1.2.3.4.5", "https://127.0.0.999", "https://good.1", "https://good.0x1",
        "https://\(String(repeating: "a", count: 64)).example",
    ])
    func `refuses what parsers read differently`(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test(arguments: [
        ("http://localhost", true), ("http://127.0.0.1:1", true), ("http://[::1]", true),
        ("http://app.localhost", true),
        ("http://127.0.0.1.evil.example", false), ("http://localhost.evil.example", false), ("http://10.0.0.1", false),
    ])
    func `knows this machine`(text: String, isLoopback: Bool) {
        #expect(WebAddress(text)?.isLoopback == isLoopback)
    }
}
