import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes

@testable import Web

/// One connection without a socket, on a clock that the test moves: bytes on one side, requests on the other.
struct RawConnection {
    private let channel = EmbeddedChannel()
    private let program = Program()

    init(_ clients: ClientConnections = ClientConnections(perAddress: 1), from address: String = "192.0.2.1") throws {
        try InboundPipeline.addHandlers(to: channel.pipeline.syncOperations, clients)
        try channel.pipeline.syncOperations.addHandler(program)
        try channel.connect(to: SocketAddress(ipAddress: address, port: 4711)).wait()
    }

    var isOpen: Bool { channel.isActive }

    func send(_ text: String) { _ = try? channel.writeInbound(ByteBuffer(string: text)) }

    func wait(seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    /// The client takes what waits for it, or takes no more.
    func reads(_ isReading: Bool) {
        channel.isWritable = isReading
        channel.pipeline.fireChannelWritabilityChanged()
    }

    /// Throws what the program was told went wrong.
    func throwErrorOfProgram() throws {
        if let error = program.error { throw error }
    }

    func hangUp() { _ = try? channel.finish(acceptAlreadyClosed: true) }

    /// The targets of the requests that reached the program since the last time.
    func targets() throws -> [String] {
        var targets: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            if case .head(let head) = part { targets.append(head.path ?? "") }
        }
        return targets
    }

    /// The program answers a request, or begins to.
    func answer(_ status: HTTPResponse.Status = .ok, ends: Bool = true) throws {
        try channel.writeOutbound(HTTPResponsePart.head(.init(status: status, headerFields: [.contentLength: "0"])))
        if ends { try channel.writeOutbound(HTTPResponsePart.end(nil)) }
    }

    func endAnswer() throws { try channel.writeOutbound(HTTPResponsePart.end(nil)) }

    /// The statuses, and with ` close` those after which the client is told that the connection ends.
    func answers() throws -> [String] {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text.split(separator: "HTTP/1.1 ").map { answer in
            String(answer.prefix(3)) + (answer.lowercased().contains("connection: close\r\n") ? " close" : "")
        }
    }
}

/// What the program is told beside requests.
private final class Program: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart

    private(set) var error: (any Error)?

    func errorCaught(context: ChannelHandlerContext, error: any Error) { self.error = error }
}
