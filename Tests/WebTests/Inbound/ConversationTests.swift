import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Storage
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(5))) struct ConversationTests {
    private static func get(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    private static func post(_ target: String, length: Int) -> String {
        "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\n\r\n"
    }

    private static func routes(_ router: Router<PortalContext>, _ notes: Notes) {
        router.get("say/:word") { _, context in try context.parameters.require("word") }
        router.post("echo") { request, _ in
            notes.add("begun")
            var text = ""
            for try await part in request.body {
                text += String(buffer: part)
                notes.add("read \(text.utf8.count)")
            }
            return text
        }
        router.post("ignore") { _, _ in "ignored" }
        router.get("large") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<64 { try await writer.write(ByteBuffer(repeating: UInt8(ascii: "x"), count: 65536)) }
                    try await writer.finish(nil)
                    notes.add("written")
                }
            )
        }
        router.get("endless") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    notes.add("begun")
                    do {
                        while true { try await writer.write(ByteBuffer(repeating: 0, count: 65536)) }
                    } catch {
                        notes.add("gone")
                        throw error
                    }
                }
            )
        }
        router.get("broken") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "beginning"))
                    throw ChannelError.eof
                }
            )
        }
        router.get("slow") { _, _ in
            notes.add("begun")
            await notes.permitted()
            return "done"
        }
    }

    @Test func `requests that come at once are answered one after the other`() async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            let words = (0..<500).map { "w\($0)" }
            try await client.send(words.map { Self.get("/say/\($0)") }.joined())
            let answer = try await client.answer(with: "\r\n\r\nw499")
            #expect(
                answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "H" } } == words.map { $0[...] }
            )
            #expect(answer.contains("\r\nDate: "))
        }
    }

    @Test func `a body is read as it comes`() async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.send(Self.post("/echo", length: 6))
            #expect(await served.notes.next() == "begun")
            for (part, note) in [("ab", "read 2"), ("cd", "read 4"), ("ef", "read 6")] {
                try await client.send(part)
                #expect(await served.notes.next() == note)
            }
            #expect(try await client.answer(with: "abcdef").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(arguments: [1, 65536, 900_000]) func `what is left of a body is not the next request`(
        length: Int
    ) async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.send(Self.post("/ignore", length: length))
            try await client.send(String(repeating: "G", count: length) + Self.get("/say/next"))
            #expect(try await client.answer(with: "\r\n\r\nnext").contains("\r\n\r\nignored"))
        }
    }

    @Test(arguments: ["close", "Close", "keep-alive, close"])
    func `a connection that the client wants closed is closed after the answer`(option: String) async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.send(Self.get("/say/last", "Connection: \(option)\r\n"))
            #expect(try await client.wholeAnswer().hasSuffix("\r\n\r\nlast"))
        }
    }

    @Test func `a client that has said all is answered`() async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.send(Self.get("/say/a") + Self.get("/slow") + Self.get("/say/b"))
            #expect(await served.notes.next() == "begun")
            try await client.sayNoMore()
            served.notes.goOn()
            #expect(try await client.wholeAnswer().hasSuffix("\r\n\r\nb"))
        }
    }

    @Test func `an answer waits for a client that reads slowly`() async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.reads(false)
            try await client.send(Self.get("/large", "Connection: close\r\n"))
            try await client.reads(true)
            #expect(await served.notes.next() == "written")
            #expect(try await client.wholeAnswer().utf8.count(where: { $0 == UInt8(ascii: "x") }) == 64 * 65536)
        }
    }

    @Test func `a stream ends when its client is gone, whatever it is about`() async throws {
        try await Served.run(Self.routes) { served in
            for _ in 0..<100 {
                let client = try await served.client()
                try await client.reads(false)
                try await client.send(Self.get("/endless"))
                #expect(await served.notes.next() == "begun")
                try await client.hangUp()
                #expect(await served.notes.next() == "gone")
            }
        }
    }

    @Test func `an answer that breaks off ends the connection, so that nobody takes it for whole`() async throws {
        try await Served.run(Self.routes) { served in
            let client = try await served.client()
            try await client.send(Self.get("/broken"))
            let answer = try await client.wholeAnswer()
            #expect(!answer.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func `a server that stops ends its answers, and waits for nobody else`() async throws {
        try await Served.run(Self.routes) { served in
            let (idle, busy) = (try await served.client(), try await served.client())
            try await idle.send(Self.get("/say/a"))
            _ = try await idle.answer(with: "\r\n\r\na")
            try await busy.send(Self.get("/slow"))
            #expect(await served.notes.next() == "begun")
            await served.stop()
            _ = try await idle.wholeAnswer()
            served.notes.goOn()
            let answer = try await busy.wholeAnswer()
            #expect(answer.hasSuffix("done"))
        }
    }

    @Test func `an answer that is written is sent, though the server stops in the same turn`() throws {
        let channel = EmbeddedChannel()
        let conversation = Conversation(on: LoopExecutor(channel.eventLoop))
        try channel.pipeline.syncOperations.addHandler(conversation)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 4711)).wait()
        conversation.finish()
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .end(nil))
        #expect(!channel.isActive)
    }

    @Test func `the date is that of HTTP`() {
        let field = DateField()
        #expect(field.text(at: .init(milliseconds: 784_111_777_999)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(field.text(at: .init(milliseconds: 1_767_225_600_000)) == "Thu, 01 Jan 2026 00:00:00 GMT")
        #expect(field.text(at: .init(milliseconds: -1)) == "Wed, 31 Dec 1969 23:59:59 GMT")
    }
}
