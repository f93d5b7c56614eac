internal import HTTPTypes
internal import Hummingbird
internal import Logging
public import Mustache
internal import NIOCore
internal import Storage

/// Renders the hosted pages.
public struct Pages: Sendable {
    private let library: MustacheLibrary
    private let languages: Languages
    let appName: String
    private let style: String
    private let connectionsStyle: String
    private let script: String
    private let connectionsScript: String

    /// What every page says or loads.
    struct Shell {
        let language: Language
        let appName: String
        let style: String
        let connectionsStyle: String
        let script: String
        let connectionsScript: String
        let brand: Brand

        /// The words with the app's name, and others, in their places.
        func text(_ key: String, _ names: [String: String] = [:]) -> String { language.text(key, all(names)) }

        /// The same as HTML.
        func html(_ key: String, _ names: [String: String] = [:]) -> HTML { language.html(key, all(names)) }

        /// A usual word for a field, given in English.
        func label(_ english: String) -> String { language.labels[english] ?? english }

        private func all(_ names: [String: String]) -> [String: String] { names.merging(["app": appName]) { $1 } }
    }

    /// Checks that every page has its template and its words; throws `MissingTemplate` and what `Languages` throws.
    public init(library: MustacheLibrary, directory: String, files: PublicFiles, appName: String) throws {
        for name in [
            "connect", "account", "waiting", "result", "problem", "portal", "reference", "invite-text", "invite-html",
        ]
        where library.getTemplate(named: name) == nil {
            throw MissingTemplate(name: name)
        }
        self.library = library
        self.appName = appName
        languages = try Languages(directory: directory)
        style = files.url("portal.css")
        connectionsStyle = files.url("connections.css")
        script = files.url("portal.js")
        connectionsScript = files.url("connections.js")
    }

    /// The frame of a page as its workspace wants it, in the language that the app wanted for whoever asks or their
    /// browser has.
    func shell(for request: Request, locale: String? = nil, branding: Branding? = nil) -> Shell {
        shell(in: languages.best(locale: locale, accepted: request.headers[.acceptLanguage]), branding)
    }

    /// The frame where no browser asks.
    func shell(locale: String?, branding: Branding?) -> Shell {
        shell(in: languages.best(locale: locale, accepted: nil), branding)
    }

    private func shell(in language: Language, _ branding: Branding?) -> Shell {
        Shell(
            language: language,
            appName: branding?.appName ?? appName,
            style: style,
            connectionsStyle: connectionsStyle,
            script: script,
            connectionsScript: connectionsScript,
            brand: Brand(branding ?? Branding(), language)
        )
    }

    /// A page as an answer; `formAction` are the places, besides ourselves, to which its forms may lead.
    func response(
        _ model: some Sendable,
        template: String,
        status: HTTPResponse.Status = .ok,
        formAction: [String] = [],
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "text/html; charset=utf-8"
        let forms = (["'self'"] + formAction).joined(separator: " ")
        headers[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
            form-action \(forms); base-uri 'none'; frame-ancestors 'none'
            """
        // Same-origin, not none: with none the browser sends `Origin: null` with our own forms. Nothing leaves for others.
        headers[.referrerPolicy] = "same-origin"
        headers[.vary] = "Accept-Language, Cookie"
        let text = library.render(model, withTemplate: template) ?? ""
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A template for itself, such as a part of a mail.
    func text(_ model: some Sendable, template: String) -> String {
        library.render(model, withTemplate: template) ?? ""
    }
}

/// A template file is not there.
public struct MissingTemplate: Error, CustomStringConvertible {
    let name: String

    public var description: String { "the template \(name).mustache is missing" }
}
