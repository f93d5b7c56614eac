import Foundation
import Integrations
import OAuth
import Storage
import StrictJSON

@testable import Connect

extension Target {
    /// Bodies of requests to the API: what is taken holds nothing that the rules forbid.
    static let request = Target("request", prepare: { _ = SampleCatalog.integrations }) { sample in
        guard let body = try? JSON.parse(sample.bytes) else { return }
        let now = Instant(milliseconds: 1_700_000_000_000)
        check { () throws(PortalError) in
            let mint = try MintRequest(body, now: now)
            for text in [mint.integrationName, mint.connectionName, mint.externalID] { checkPlain(text) }
            for uri in [mint.successRedirectURI, mint.errorRedirectURI].compactMap(\.self) { checkRedirect(uri) }
            for origin in mint.allowedOrigins { expect(WebAddress(origin)?.text == origin, "\(origin) is an origin") }
            expect(mint.workspaceID.isWellFormed, "the workspace has an id")
            expect((60...14400).contains(mint.expiresAt.seconds - now.seconds), "a link lives for minutes or hours")
            expect((mint.scope == .user) == (mint.endUserExternalID != nil), "who is named belongs to the scope")
            expect(mint.scopes?.allSatisfy { !$0.contains(" ") } ?? true, "scopes have no spaces (RFC 6749 §3.3)")
            expect(mint.metadata.object != nil && mint.metadata.bytes.count <= 8192, "metadata is a small object")
        }
        check { () throws(PortalError) in try checkConnection(body) }
        check { () throws(PortalError) in try checkBranding(body) }
    }

    private static func checkConnection(_ body: JSON) throws(PortalError) {
        let request = try ConnectionRequest(body)
        let integration = SampleCatalog.integrations.first { $0.name == request.integrationName }
        guard let integration else { return try request.checkShape() }
        let given = try request.credentials(for: request.option(of: integration), integration)
        for text in [request.externalID, request.displayName] { checkPlain(text) }
        expect(given.lifetime.map { (1...315_360_000).contains($0) } ?? true, "a lifetime is one")
    }

    private static func checkBranding(_ body: JSON) throws(PortalError) {
        var input = try Input(body)
        let change = input.branding(of: Workspace.ID(rawValue: "00000000-0000-7000-8000-000000000001"))
        try input.finish()
        guard let branding = change?.branding else { return }
        for text in [branding.appName].compactMap(\.self) { checkPlain(text) }
        for address in [branding.termsURL, branding.privacyURL].compactMap(\.self) {
            expect(address.lowercased().hasPrefix("https://"), "\(address) is https")
            expect(!address.contains { " \"<>".contains($0) }, "\(address) can stand in a page")
        }
        expect(branding.color.map { $0.utf8.count == 7 && $0.hasPrefix("#") } ?? true, "a colour is one")
    }

    private static func check(_ read: () throws(PortalError) -> Void) {
        do throws(PortalError) { try read() } catch {
            expect(error.code != .internalError, "\(error) is the caller's fault")
            _ = error.details
        }
    }

    private static func checkPlain(_ text: String) {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        expect(
            isPlain && !text.isEmpty && text.unicodeScalars.count <= 200,
            "a name is one line of 1 to 200 characters"
        )
    }

    private static func checkRedirect(_ uri: String) {
        let address = WebAddress(uri)
        expect(address?.scheme == "https" || address?.isLoopback == true, "\(uri) is protected")
    }
}
