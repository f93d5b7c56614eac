import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import Views

/// Renders the templates in `sandbox/`.
struct Pages: Sendable {
    let templates: MustacheLibrary

    func page(
        _ template: String,
        title: String,
        _ own: View,
        status: HTTPResponse.Status = .ok,
        headers: PageHeaders = PageHeaders()
    ) -> Response {
        let frame: View = ["title": .text(title), "script": .flag(false), "wide": .flag(false)]
        guard let html = templates.render(frame.with(own), withTemplate: "sandbox/\(template)") else {
            return Response(status: .internalServerError)
        }
        var fields: HTTPFields = [:]
        headers.add(to: &fields)
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// For requests that cannot be answered at the client.
    func problem(_ sentence: String) -> Response {
        page("problem", title: "This does not work · Sandbox ID", ["problem": .text(sentence)], status: .badRequest)
    }

    /// Always 303, so that the browser goes on with GET.
    static func redirect(to location: String) -> Response {
        let fields: HTTPFields = [.location: location, .cacheControl: "no-store"]
        return Response(status: .seeOther, headers: fields)
    }
}
