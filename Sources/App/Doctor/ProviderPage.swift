import Foundation
import Integrations
import OAuth
import Outbound

/// What a provider answered to a browser's first request, as far as it says why it refuses.
struct ProviderPage: Equatable {
    var address: String
    var status: Int
    /// Where it leads to, as an absolute address.
    var location: String?
    var body = ""

    /// The words of the page without its markup, scripts and styles.
    var words: String {
        body.replacing(/(?is)<(script|style|head)\b.*?<\/\1>/, with: " ")
            .replacing(/(?s)<[^>]*>/, with: " ")
            .replacing("&nbsp;", with: " ").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The beginning of what a person would read.
    var excerpt: String {
        let words = words
        return words.count > 200 ? words.prefix(200) + "…" : words
    }

    /// An error of the list in what a person would read, or in what a script of Microsoft's would show them.
    var errorInPage: OAuthErrorHelp? {
        if let match = body.firstMatch(of: /AADSTS\d{5,7}(?=:)/) { return .of(String(match.output)) }
        return Self.error(in: words)
    }

    /// The error in the address that it leads to, by whichever name.
    var errorInLocation: String? {
        guard let location, let parameters = Self.parameters(of: location) else { return nil }
        for name in ["error", "error_code", "errorCode", "err"] {
            if let code = parameters[name], !code.isEmpty { return code }
        }
        // Google packs it.
        let packed = parameters["authError"].flatMap { Data(base64Encoded: Self.padded($0)) }
        return packed.flatMap { Self.error(in: String(decoding: $0, as: UTF8.self))?.code }
    }

    /// The parameters in the query of an address, and in its fragment.
    static func parameters(of address: String) -> FormParameters? {
        let tail = address.drop { $0 != "?" && $0 != "#" }
        return FormParameters(encoded: tail.dropFirst().replacing("#", with: "&").replacing("?", with: "&"))
    }

    /// A word with an underscore is the name of an error; `server error` is a phrase.
    private static func error(in text: String) -> OAuthErrorHelp? {
        let words = text.matches(of: /[A-Za-z0-9]+(_[A-Za-z0-9]+)+/).map { String($0.output.0) }
        return words.lazy.compactMap(OAuthErrorHelp.of).first
    }

    private static func padded(_ text: String) -> String {
        let text = text.replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}

extension ProviderPage {
    init(_ response: OutboundResponse, at address: String) {
        let target = response.header("Location").flatMap { URL(string: $0, relativeTo: URL(string: address)) }
        self.init(
            address: address,
            status: response.status,
            location: (300...399).contains(response.status) ? target?.absoluteString : nil,
            body: String(decoding: response.body, as: UTF8.self)
        )
    }
}
