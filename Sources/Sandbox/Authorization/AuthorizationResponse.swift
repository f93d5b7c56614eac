import Foundation
import Hummingbird
import Views

extension Sandbox {
    /// Sends a code to the client (RFC 6749 §4.1.2).
    func respond(code: String, scopes: [String], target: AuthorizationTarget, quirks: Quirks) -> Response {
        var extra = quirks.extraCallbackParameters
        if !quirks.callbackScopeParameter.isEmpty {
            extra[quirks.callbackScopeParameter] = Scopes.join(scopes, separator: quirks.scopeSeparator)
        }
        return respond([(quirks.codeParameter, code)], extra: extra, target: target, quirks: quirks)
    }

    /// Sends an error to the client (RFC 6749 §4.1.2.1).
    func respond(error: OAuthError, target: AuthorizationTarget, quirks: Quirks) -> Response {
        respond(
            [("error", error.code), ("error_description", error.description)],
            extra: [:],
            target: target,
            quirks: quirks
        )
    }

    private func respond(
        _ answer: [(String, String)],
        extra: [String: String],
        target: AuthorizationTarget,
        quirks: Quirks
    ) -> Response {
        var parameters = FormParameters(answer)
        if let state = target.state {
            append("state", state, quirks.stateParameter, to: &parameters)
        }
        append("iss", target.issuer, quirks.issuerParameter, to: &parameters)
        for (name, value) in extra.sorted(by: { $0.key < $1.key }) { parameters.append(name, value) }

        if target.usesFormPost { return formPostPage(parameters, redirectURI: target.redirectURI, quirks: quirks) }
        let joint = target.redirectURI.contains("?") ? "&" : "?"
        let fragment = quirks.callbackFragment.isEmpty ? "" : "#" + FormParameters.encode(quirks.callbackFragment)
        return Pages.redirect(to: target.redirectURI + joint + parameters.encoded + fragment)
    }

    private func append(_ name: String, _ value: String, _ kind: EchoedParameter, to parameters: inout FormParameters) {
        switch kind {
        case .correct: parameters.append(name, value)
        case .omitted: break
        case .wrong: parameters.append(name, value + "x")
        }
    }

    /// OAuth 2.0 Form Post Response Mode; without a script the person presses the button.
    private func formPostPage(_ parameters: FormParameters, redirectURI: String, quirks: Quirks) -> Response {
        let inputs = parameters.pairs.map { ["name": .text($0.name), "value": .text($0.value)] as View }
        return pages.page(
            "form-post",
            title: "Going back · Sandbox ID",
            [
                "redirectURI": .text(redirectURI),
                "parameters": .list(inputs),
                "script": .flag(true),
            ],
            headers: PageHeaders(quirks: quirks)
        )
    }
}
