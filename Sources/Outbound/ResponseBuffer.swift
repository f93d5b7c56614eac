/// A response as it comes in, counted against the request's limits.
///
/// libcurl's own limit does nothing for a body of unknown length before 8.4, so the bytes are counted here.
struct ResponseBuffer {
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    /// Whether the blank line after the headers of a final response came.
    private(set) var hasHeaders = false

    private let limits: OutboundRequest.Limits
    private var headerBytes = 0
    private var isInterim = false

    init(limits: OutboundRequest.Limits) { self.limits = limits }

    /// Takes a status line, a header field or the blank line after them.
    mutating func takeHeaderLine(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        headerBytes += line.count
        guard headerBytes <= limits.maxHeaderBytes else { throw .headersTooLarge }
        if line.starts(with: "HTTP/".utf8) {
            headers = []
            isInterim = Self.isInterim(statusLine: line)
        } else if line.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            hasHeaders = !isInterim
        } else if !hasHeaders {
            guard let field = HeaderField.parse(line), isLengthClear(with: field) else { throw .malformedResponse }
            headers.append(field)
        }
    }

    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
        guard body.count + bytes.count <= limits.maxBodyBytes else { throw .bodyTooLarge }
        body.append(contentsOf: bytes)
    }

    /// A response whose length can be read in two ways is not read at all (RFC 9112 §6.3).
    private func isLengthClear(with field: (name: String, value: String)) -> Bool {
        guard field.name.lowercased() == "content-length" else { return true }
        let isNumber = !field.value.isEmpty && field.value.utf8.allSatisfy { (48...57).contains($0) }
        let others = headers.filter { $0.name.lowercased() == "content-length" }
        return isNumber && others.allSatisfy { $0.value == field.value }
    }

    /// RFC 9110 §15.2: any number of 1xx responses may come before the final one.
    private static func isInterim(statusLine: UnsafeRawBufferPointer) -> Bool {
        let afterVersion = statusLine.drop { $0 != UInt8(ascii: " ") }.dropFirst()
        return afterVersion.first == UInt8(ascii: "1")
    }
}
