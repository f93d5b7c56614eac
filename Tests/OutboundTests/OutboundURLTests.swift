import Outbound
import Testing

struct OutboundURLTests {
    @Test(arguments: [
        ("https://Example.com", "example.com", 443, "https://Example.com/"),
        ("http://127.0.0.1:8080/a?b", "127.0.0.1", 8080, "http://127.0.0.1:8080/a?b"),
        ("https://2130706433/", "127.0.0.1", 443, "https://127.0.0.1/"),
        ("https://[::1]:8443/a/../b", "[::1]", 8443, "https://[::1]:8443/b"),
    ])
    func `an absolute URL has a host and a port`(text: String, host: String, port: UInt16, normal: String) throws {
        let url = try OutboundURL(text)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.string == normal)
    }

    @Test(arguments: [
        "", "example.com", "/path", "//example.com", "https://", "file:///etc/passwd",
        "gopher://127.0.0.1/", "ftp://example.com/", "https://user@example.com/", "https://user:pw@example.com/",
        "https://example.com:0x50/", "https://example.com:65536/", "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://example.com/\0", "https://example.com/\n", "javascript:alert(1)", "https://[::1/",
        "https://2%2e7633", "https://127%2e1/", "https://%32130706433/",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TransportError.invalidURL) { try OutboundURL(text) }
    }
}
