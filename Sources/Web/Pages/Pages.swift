internal import HTTPTypes
internal import Hummingbird
internal import Logging
public import Mustache
internal import NIOCore
internal import Storage
internal import Views

/// Renders the hosted pages.
public struct Pages: Sendable {
    private let templates: PageTemplates
    private let languages: Languages
    let appName: String
    private let style: String
    private let connectionsStyle: String
    private let script: String
    private let connectionsScript: String

    /// The templates of whole pages, and of a mail's parts.
    enum Name: String, CaseIterable {
        case account, connect, portal, problem, reference, result, site, waiting
        case inviteText = "invite-text"
        case inviteHTML = "invite-html"
    }

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

        /// What a page shows of its own, in the frame of all.
        func page(title: String, _ own: View) -> View {
            var frame: View = [
                "lang": .text(language.code),
                "direction": .text(language.isRightToLeft ? "rtl" : nil),
                "title": .text(title),
                "style": .text(style),
                "extraStyle": .text(nil),
                "script": .text(script),
                "extraScript": .text(nil),
            ]
            frame.words = language.ofTemplates
            return frame.with(brand.view).with(own)
        }

        private func all(_ names: [String: String]) -> [String: String] {
            var names = names
            names["app"] = appName
            return names
        }
    }

    /// Checks that every page has its template and its words; throws `MissingTemplate` and what `Languages` throws.
    public init(library: MustacheLibrary, directory: String, files: PublicFiles, appName: String) throws {
        templates = try PageTemplates(Name.allCases.map(\.rawValue), from: library)
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
        _ view: View,
        template: Name,
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
        let body = ByteBuffer(string: text(view, template))
        return Response(status: status, headers: headers, body: .init(byteBuffer: body))
    }

    func text(_ view: View, _ template: Name) -> String { templates.text(view, template.rawValue) }
}
