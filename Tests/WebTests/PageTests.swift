import HTTPTypes
import Hummingbird
import HummingbirdTesting
import StrictJSON
import TestSupport
import Testing
import Web

@Suite struct PageTests {
    @Test func `the page says who connects what, and changes nothing`() async throws {
        let web = try await WebPortal()
        try await web.run { asking in
            let minted = try await asking.mint(["endUserId": "dana"])
            for _ in 0..<3 { _ = try await asking.open(minted.path) }
            let page = try await asking.page(.get, minted.path)
            #expect(page.status == 200)
            for word in ["Acme Notes", "Sandbox", "dana", "Notes", "notes.read", "Continue to Sandbox", "localhost"] {
                #expect(page.text.contains(word), "\(word)")
            }
            let cookie = try #require(page.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("form-action 'self' http://localhost:9999;"))
            #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
            let poll = try await asking.api(.post, "/api/v1/connect/session/poll", ["token": .string(minted.token)])
            #expect(poll.json["status"] == "PENDING")
        }
    }

    @Test(arguments: [
        "/connect", "/connect?token=", "/connect?token=cst_forged", "/connect/00000000-0000-7000-8000-000000000000",
    ])
    func `a dead link is a page`(path: String) async throws {
        try await WebPortal().run { asking in
            let page = try await asking.page(.get, path)
            #expect([401, 410].contains(page.status))
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(page.text.contains("This link does not work any more"))
        }
    }

    @Test func `an answer that comes as a form goes on as an address, which brings the cookie`() async throws {
        try await WebPortal().run { asking in
            for path in ["/api/v1/connect/oauth-callback", "/api/v1/connect/oauth-callback/app-1"] {
                let answer = try await asking.page(.post, path, form: "code=a%26b&state=s%20t")
                #expect(answer.status == 303)
                #expect(answer.headers[.location] == "http://localhost\(path)?code=a%26b&state=s%20t")
            }
        }
    }

    @Test func `a browser that looks ahead uses nothing up`() async throws {
        let web = try await WebPortal()
        web.test.provider.reply(to: "/token", #"{"access_token":"access-sentinel"}"#)
        try await web.run { asking in
            let minted = try await asking.mint()
            let (_, cookie) = try await asking.open(minted.path)
            let path = "/connect/\(minted.session)"
            let begun = try await asking.page(.post, path, cookie: cookie, form: "method=oauth2")
            let back = callback(begun.headers, "code=c")
            for (name, value) in [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch")] {
                let headers: HTTPFields = [HTTPField.Name(name)!: value]
                #expect(try await asking.page(.get, back, cookie: cookie, headers: headers).status == 204)
            }
            #expect(try await asking.page(.head, back, cookie: cookie).status == 204)
            #expect(asking.provider.requestCount == 0)
            #expect(try await asking.page(.get, back, cookie: cookie).status == 303)
            #expect(asking.provider.requests(to: "/token").count == 1)
        }
    }

    @Test func `a whole visit: begin, deny, try again, finish`() async throws {
        let web = try await WebPortal()
        web.test.provider.reply(to: "/token", #"{"access_token":"access-sentinel","refresh_token":"refresh-sentinel"}"#)
        web.test.provider.reply(to: "/userinfo", #"{"sub":"1","email":"<b>ada</b>@example.test"}"#)
        try await web.run { asking in
            let minted = try await asking.mint(["allowedOrigins": ["https://app.example"]])
            let (_, cookie) = try await asking.open(minted.path)
            let path = "/connect/\(minted.session)"

            let begun = try await asking.page(.post, path, cookie: cookie, form: "method=oauth2&display=popup")
            #expect(begun.status == 303)
            let denied = try await asking.page(.get, callback(begun.headers, "error=access_denied"), cookie: cookie)
            #expect(denied.status == 303)
            #expect(denied.headers[.location] == path)
            #expect(try await asking.page(.get, path, cookie: cookie).text.contains("access was not allowed"))

            let again = try await asking.page(.post, path, cookie: cookie, form: "method=oauth2&display=popup")
            let done = try await asking.page(.get, callback(again.headers, "code=code-sentinel"), cookie: cookie)
            #expect(done.headers[.location] == path)
            let result = try await asking.page(.get, path, cookie: cookie)
            #expect(result.text.contains("Sandbox is connected"))
            #expect(result.text.contains("&lt;b&gt;ada"))
            #expect(result.text.contains("weavz-connect-result"))
            #expect(result.text.contains("https://app.example"))
            #expect(!result.text.contains("sentinel"))
            // Back, reload and a second delivery of the callback show the same outcome.
            #expect(
                try await asking.page(.get, callback(again.headers, "code=code-sentinel"), cookie: cookie).headers[
                    .location
                ] == path
            )
            #expect(
                try await asking.page(.post, path, cookie: cookie, form: "method=oauth2").headers[.location] == path
            )
            #expect(asking.provider.requests(to: "/token").count == 1)
            // A stranger with the link sees nothing of it.
            #expect(try await asking.page(.get, minted.path).status == 409)
        }
    }

    @Test func `an app that wants the person back gets them, without a secret`() async throws {
        let web = try await WebPortal()
        web.test.provider.reply(to: "/token", #"{"access_token":"access-sentinel"}"#)
        try await web.run { asking in
            let minted = try await asking.mint(["successRedirectUri": "https://app.example/done?tab=1"])
            let (_, cookie) = try await asking.open(minted.path)
            let begun = try await asking.page(
                .post,
                "/connect/\(minted.session)",
                cookie: cookie,
                form: "method=oauth2&display=page"
            )
            let done = try await asking.page(.get, callback(begun.headers, "code=code-sentinel"), cookie: cookie)
            let location = try #require(done.headers[.location])
            #expect(location.hasPrefix("https://app.example/done?tab=1&status=success&sessionId=\(minted.session)"))
            #expect(!location.contains("sentinel"))
        }
    }

    @Test func `a form of another site is refused`() async throws {
        try await WebPortal().run { asking in
            let minted = try await asking.mint()
            let (_, cookie) = try await asking.open(minted.path)
            let path = "/connect/\(minted.session)"
            let hostile: [HTTPFields] = [
                [.origin: "https://evil.example"], [.origin: "null"],
                [.origin: "http://localhost", HTTPField.Name("Sec-Fetch-Site")!: "cross-site"],
            ]
            for headers in hostile {
                #expect(
                    try await asking.page(.post, path, cookie: cookie, form: "method=oauth2", headers: headers).status
                        == 403
                )
            }
            #expect(try await asking.page(.post, path, form: "method=oauth2").status == 410)
        }
    }

    @Test func `a form is shown again with what is no secret`() async throws {
        let web = try await WebPortal()
        try await web.run { asking in
            let minted = try await asking.mint(["integrationName": "freshsales", "authMethodKey": .null])
            let (_, cookie) = try await asking.open(minted.path)
            let page = try await asking.page(
                .post,
                "/connect/\(minted.session)",
                cookie: cookie,
                form: "method=custom_auth&field.domain=acme&field.api_key=typed-secret%00"
            )
            #expect(page.status == 422)
            #expect(page.text.contains("value=\"acme\""))
            #expect(page.text.contains("API key contains characters"))
            #expect(!page.text.contains("typed-secret"))
        }
    }

    @Test func `every answer carries the headers that protect it`() async throws {
        try await WebPortal().run { asking in
            for path in [
                "/connect?token=x", "/nothing", "/health", "/api/v1/connections", "/assets/portal.css", "/connect.js",
                "/docs", "/connect/portal", "/api/v1/connect/oauth-callback",
            ] {
                let headers = try await asking.page(.get, path).headers
                #expect(headers[.xContentTypeOptions] == "nosniff", "\(path)")
                #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true, "\(path)")
                #expect(headers[HTTPField.Name("X-Frame-Options")!] == "DENY", "\(path)")
                #expect(headers[.server] == nil, "\(path)")
                // A popup must stay in touch with the page that opened it.
                let isOnTheWay = path.hasPrefix("/connect?") || path.contains("/connect/")
                let opener = headers[HTTPField.Name("Cross-Origin-Opener-Policy")!]
                #expect(opener == (isOnTheWay ? "unsafe-none" : "same-origin"), "\(path)")
                #expect(headers[.strictTransportSecurity] == nil, "\(path)")
            }
        }
    }

    @Test func `under an https address browsers are told to stay with it`() async throws {
        try await WebPortal(publicURL: "https://connect.example").run { asking in
            for path in ["/connect?token=x", "/nothing", "/health", "/api/v1/connections", "/connect.js"] {
                let headers = try await asking.page(.get, path).headers
                #expect(headers[.strictTransportSecurity] == "max-age=31536000", "\(path)")
            }
        }
    }

    @Test func `a page that refuses says how to go on, as the API does`() async throws {
        try await WebPortal(limits: RateLimits(perOrganization: 0, perAddress: 6)).run { asking in
            for path in ["/connect", "/docs"] {
                let answer = try await asking.page(.trace, path)
                #expect(answer.status == 405 && answer.headers[.contentType]?.hasPrefix("text/html") == true)
                #expect(answer.headers[.allow]?.contains("GET") == true, "\(path)")
            }
            for _ in 0..<10 { _ = try await asking.page(.get, "/connect") }
            let answer = try await asking.page(.get, "/connect")
            #expect(answer.status == 429 && answer.headers[.retryAfter] != nil)
        }
    }

    /// The callback as the provider would send the browser there.
    private func callback(_ headers: HTTPFields, _ answer: String) -> String {
        let query = headers[.location]?.split(separator: "?").last ?? ""
        let state = query.split(separator: "&").first { $0.hasPrefix("state=") } ?? ""
        return "/api/v1/connect/oauth-callback?\(state)&\(answer)"
    }
}
