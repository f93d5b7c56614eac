internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import StrictJSON

extension Response {
    /// An answer in JSON.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}

extension Request {
    /// The most that a JSON body may have, in bytes.
    private static let jsonLimit = 1_048_576
    /// The most that a form may have, in bytes: the longest secret, each byte percent-encoded, fits.
    private static let formLimit = 65536

    /// The body as JSON; throws `PortalError` for another content type, too much, or what is no JSON.
    func json() async throws -> JSON {
        guard mediaType == "application/json" else {
            throw PortalError(.unsupportedMediaType, "The body must be JSON, with Content-Type: application/json")
        }
        let bytes = try await bytes(upTo: Self.jsonLimit)
        do throws(JSONError) { return try JSON.parse(bytes) } catch {
            throw PortalError(.invalidJSON, "The body is not valid JSON: \(error.description)")
        }
    }

    /// The body as an HTML form, encoded as it came.
    func formText() async throws -> String {
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw PortalError(.unsupportedMediaType, "The body must be a form")
        }
        return String(decoding: try await bytes(upTo: Self.formLimit), as: UTF8.self)
    }

    /// The type without its parameters; nothing where one names an encoding other than UTF-8.
    private var mediaType: String? {
        let given = headers[.contentType] ?? ""
        // As nearly all write it.
        if given == "application/json" { return given }
        let parts = given.lowercased().split(separator: ";")
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let isForeign = parts.dropFirst().contains { part in
            part.hasPrefix("charset=") && !["charset=utf-8", "charset=\"utf-8\""].contains(part)
        }
        return isForeign ? nil : parts.first
    }

    private func bytes(upTo limit: Int) async throws -> [UInt8] {
        let length = headers[.contentLength].flatMap(Int.init)
        if let length, length > limit { throw Self.tooLarge }
        var bytes: [UInt8] = []
        for try await part in body {
            guard bytes.count + part.readableBytes <= limit else { throw Self.tooLarge }
            bytes.append(contentsOf: part.readableBytesView)
            if bytes.count == length { break }
        }
        return bytes
    }

    private static let tooLarge = PortalError(.payloadTooLarge, "The body is too large")
}
