internal import HTTPTypes
internal import Hummingbird
internal import Logging
public import Mustache
internal import NIOCore

/// Renders the hosted pages.
public struct Pages: Sendable {
    private let library: MustacheLibrary
    let shell: Shell

    /// What every page shows or loads.
    struct Shell {
        let appName: String
        let style: String
        let connectionsStyle: String
        let script: String
    }

    /// Checks that every page has its template; throws `MissingTemplate`.
    public init(library: MustacheLibrary, files: PublicFiles, appName: String) throws {
        for name in ["connect", "result", "problem", "portal", "reference"]
        where library.getTemplate(named: name) == nil {
            throw MissingTemplate(name: name)
        }
        self.library = library
        shell = Shell(
            appName: appName,
            style: files.url("portal.css"),
            connectionsStyle: files.url("connections.css"),
            script: files.url("portal.js")
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
        let text = library.render(model, withTemplate: template) ?? ""
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

/// A template file is not there.
public struct MissingTemplate: Error, CustomStringConvertible {
    let name: String

    public var description: String { "the template \(name).mustache is missing" }
}
