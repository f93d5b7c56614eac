import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

extension Response {
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        data(json.bytes, type: "application/json", status: status)
    }

    /// The members that are not nested, form-encoded.
    static func form(_ members: JSON.Object, status: HTTPResponse.Status) -> Response {
        let pairs = members.members.map { ($0.name, $0.value.string ?? $0.value.text) }
        let encoded = FormParameters(pairs).encoded
        return data(Array(encoded.utf8), type: "application/x-www-form-urlencoded", status: status)
    }

    /// Tokens may be inside: never cached (RFC 6749 §5.1).
    private static func data(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension HTTPFields {
    /// Sets a field whose name is only known at run time; a malformed name is left out.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
