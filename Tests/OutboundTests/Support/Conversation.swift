import Glibc
import Synchronization

struct ReceivedRequest: Sendable, Equatable {
    var line: String
    var headers: [String]
    var body: String

    func header(_ name: String) -> String? {
        headers.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
}

/// The server's end of one connection.
final class Conversation: Sendable {
    private let socket: Int32
    private let record: @Sendable (ReceivedRequest) -> Void
    private let isClosed = Mutex(false)

    init(socket: Int32, record: @escaping @Sendable (ReceivedRequest) -> Void) {
        self.socket = socket
        self.record = record
    }

    /// Reads a request with its body; nil when the client is gone.
    func nextRequest() -> ReceivedRequest? {
        var bytes: [UInt8] = []
        while !bytes.ends(with: "\r\n\r\n".utf8) {
            guard let byte = read(1) else { return nil }
            bytes += byte
        }
        var lines = String(decoding: bytes.dropLast(4), as: UTF8.self).components(separatedBy: "\r\n")
        var request = ReceivedRequest(line: lines.removeFirst(), headers: lines, body: "")
        var left = request.header("content-length").flatMap { Int($0) } ?? 0
        while left > 0 {
            guard let chunk = read(left) else { return nil }
            request.body += String(decoding: chunk, as: UTF8.self)
            left -= chunk.count
        }
        record(request)
        return request
    }

    /// Reads a line without its end; nil when the client is gone.
    func nextLine() -> String? {
        var bytes: [UInt8] = []
        while !bytes.ends(with: "\r\n".utf8) {
            guard let byte = read(1) else { return nil }
            bytes += byte
        }
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }

    /// False when the client is gone.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func respond(_ status: String = "200 OK", headers: [String] = [], body: String = "") {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Says nothing until the client gives up.
    func waitForClose() {
        while read(1024) != nil {}
    }

    /// Makes both ends fail; the thread that serves the connection closes it.
    func hangUp() {
        isClosed.withLock { isClosed in
            if !isClosed { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Closes with RST instead of FIN.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }

    func close() {
        isClosed.withLock { isClosed in
            if !isClosed { _ = Glibc.close(socket) }
            isClosed = true
        }
    }

    private func read(_ maxCount: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: maxCount)
        let count = recv(socket, &buffer, maxCount, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

extension [UInt8] {
    fileprivate func ends(with suffix: String.UTF8View) -> Bool {
        count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix)
    }
}
