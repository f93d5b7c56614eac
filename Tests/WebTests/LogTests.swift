import HTTPTypes
import Logging
import Outbound
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite struct LogTests {
    @Test func `the log knows the route and never the query`() async throws {
        let lines = Lines()
        var log = Logger(label: "test") { _ in Collecting(lines: lines) }
        log.logLevel = .trace
        let web = try await WebPortal(log: log)
        web.test.provider.fail("/token", with: .timedOut)
        try await web.run(log: log) { asking in
            let minted = try await asking.mint()
            let (_, cookie) = try await asking.open(minted.path)
            let begun = try await asking.page(
                .post,
                "/connect/\(minted.session)",
                cookie: cookie,
                form: "method=oauth2"
            )
            let state = begun.headers[.location]?.split(separator: "&").first { $0.hasPrefix("state=") } ?? ""
            _ = try await asking.page(
                .get,
                "/api/v1/connect/oauth-callback?\(state)&code=code-sentinel",
                cookie: cookie
            )
            let text = lines.text
            #expect(text.contains("/api/v1/connect/oauth-callback"))
            #expect(text.contains("connect attempt failed"))
            for secret in [
                minted.token, String(state.dropFirst(6)), "code-sentinel", asking.key, TestPortal.clientSecret, cookie,
            ] {
                #expect(!text.contains(secret))
            }
        }
    }
}

private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var text: String { lines.withLock { $0.joined(separator: "\n") } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct Collecting: LogHandler {
    let lines: Lines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.append("\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])") }
}
