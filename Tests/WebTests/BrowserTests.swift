import HTTPTypes
import StrictJSON
import Testing

/// What the page makes of the browser that asks.
@Suite struct BrowserTests {
    private static let iPhone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    private static let android = "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko)"

    @Test(
        arguments: [
            ("\(iPhone) Version/18.1 Mobile/15E148 Safari/604.1", false),
            ("\(iPhone) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", false),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                false
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", false),
            ("curl/8.5.0", false),
            ("\(iPhone) Mobile/15E148 Instagram 361.0.0.38.82", true),
            ("\(iPhone) Mobile/15E148 [FBAN/FBIOS;FBAV/492.0.0.50.110;]", true),
            ("\(iPhone) Mobile/15E148", true),
            ("\(android) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36", true),
        ]
    )
    func `inside another app the page says to open it in a browser`(agent: String, isInside: Bool) async throws {
        try await WebPortal().run { asking in
            let headers: HTTPFields = [.userAgent: agent]
            let google = try await asking.mint(["integrationName": "google"])
            let page = try await asking.page(.get, google.path, headers: headers)
            #expect(page.text.contains("Open this page in your browser") == isInside)
            // The address must stay one that can be opened elsewhere.
            #expect(page.text.contains("value=\"http://localhost\(google.path)\"") == isInside)
            #expect(page.text.contains("data-clean-url") != isInside)
            let sandbox = try await asking.mint()
            let other = try await asking.page(.get, sandbox.path, headers: headers)
            #expect(!other.text.contains("Open this page in your browser"))
        }
    }

    @Test func `a popup that was opened as one stays one`() async throws {
        try await WebPortal().run { asking in
            let minted = try await asking.mint(["authMethodKey": .null])
            let opened = try await asking.page(.get, minted.path + "&display=popup")
            #expect(opened.text.contains("data-clean-url=\"/connect/\(minted.session)?display=popup\""))
            #expect(opened.text.contains("?method=api_key&amp;display=popup"))
            #expect(opened.text.contains("name=\"display\" value=\"popup\""))
            let plain = try await asking.page(.get, minted.path)
            #expect(!plain.text.contains("popup"))
        }
    }

    @Test func `usual labels are in the person's language, others as the definition has them`() async throws {
        try await WebPortal().run { asking in
            let minted = try await asking.mint(["integrationName": "smtp", "authMethodKey": .null, "locale": "de"])
            let page = try await asking.page(.get, minted.path)
            for word in ["Benutzername", "Passwort", "Verschlüsselung"] { #expect(page.text.contains(word), "\(word)") }
            #expect(!page.text.contains("User name"))
        }
    }
}
