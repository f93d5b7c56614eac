import HTTPTypes
import Testing

@testable import Web

@Suite struct RequestGuardTests {
    private static let host = "Host: localhost:8080\r\n"
    private static let good = "GET /good HTTP/1.1\r\n\(host)\r\n"
    private static let chunked = "POST /a HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n"

    private static let refusals: [(head: String, status: String)] = [
        ("GET /\(String(repeating: "a", count: 8192)) HTTP/1.1\r\n\(host)", "414"),
        ("GET /\(String(repeating: "a", count: 65536)) HTTP/1.1\r\n\(host)", "414"),
        ("GET /a HTTP/1.1\r\n\(host)X: \(String(repeating: "a", count: 32768))\r\n", "431"),
        ("GET /a HTTP/1.1\r\n\(host)\(String(repeating: "X: a\r\n", count: 100))", "431"),
        ("GET http://localhost:8080/a HTTP/1.1\r\n\(host)", "400"),
        ("CONNECT localhost:80 HTTP/1.1\r\n\(host)", "400"),
        ("OPTIONS * HTTP/1.1\r\n\(host)", "400"),
        ("GET /a#b HTTP/1.1\r\n\(host)", "400"),
        ("GET /a HTTP/1.1\r\n", "400"),
        ("GET /a HTTP/1.1\r\nHost: \r\n", "400"),
        ("GET /a HTTP/1.1\r\nHost: a@b\r\n", "400"),
        ("GET /a HTTP/1.1\r\n\(host)\(host)", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Transfer-Encoding: gzip, chunked\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Transfer-Encoding: \r\n", "400"),
        ("POST /a HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Content-Length: 5\r\nContent-Length: 5\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Content-Length: 9223372036854775810\r\n", "400"),
        ("POST /a HTTP/1.1\r\n\(host)Content-Length: 0000000000000005\r\n", "400"),
    ]

    @Test(arguments: refusals)
    func `a bad head is answered, and nothing after it is read`(head: String, status: String) throws {
        let connection = try RawConnection()
        connection.send(head + "\r\n" + Self.good)
        connection.send(Self.good)
        #expect(try connection.targets().isEmpty)
        #expect(try connection.answers() == ["\(status) close"])
        connection.wait(seconds: 2)
        #expect(!connection.isOpen)
    }

    @Test(arguments: [
        good, "GET /good HTTP/1.0\r\n\r\n", "GET /good HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n",
        "\r\nGET /good HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /good HTTP/1.1\r\n\(host)\(String(repeating: "X: \(String(repeating: "a", count: 300))\r\n", count: 98))\r\n",
    ])
    func `a good head is let through`(head: String) throws {
        let connection = try RawConnection()
        connection.send(head)
        #expect(try connection.targets() == ["/good"])
        #expect(try connection.answers().isEmpty)
    }

    @Test func `requests before a bad one are answered first`() throws {
        let connection = try RawConnection()
        connection.send(Self.good + Self.good + "GET nowhere HTTP/1.1\r\n\r\n" + Self.good)
        #expect(try connection.targets() == ["/good", "/good"])
        try connection.answer()
        #expect(try connection.answers() == ["200"])
        try connection.answer(.notFound)
        #expect(try connection.answers() == ["404", "400 close"])
    }

    @Test(arguments: [
        "2;\(String(repeating: "a", count: 65536))", String(repeating: "0", count: 65536), "2\n", "-2\r\n", "0x2\r\n",
        "10000000000000002\r\n", "2\r\n{}3\r\n",
    ])
    func `a chunk that is none, or mostly extension, is refused`(chunk: String) throws {
        let connection = try RawConnection()
        connection.send(Self.chunked)
        connection.send(chunk)
        #expect(try connection.answers() == ["400 close"])
        // Whoever reads the body is told that it did not end well.
        #expect(throws: (any Error).self) { try connection.throwErrorOfProgram() }
        try? connection.answer()
        #expect(try connection.answers().isEmpty)
    }

    @Test func `small chunks and extensions are read`() throws {
        let connection = try RawConnection()
        connection.send(Self.chunked)
        for _ in 0..<4096 { connection.send("8;a=b\r\n        \r\n") }
        connection.send("0\r\n\r\n" + Self.good)
        #expect(try connection.targets() == ["/a", "/good"])
        #expect(try connection.answers().isEmpty)
    }

    @Test func `an answer that has begun is ended, and no other follows`() throws {
        let connection = try RawConnection()
        connection.send(Self.chunked)
        try connection.answer(ends: false)
        connection.send("nonsense\r\n")
        #expect(try connection.answers() == ["200"])
        try connection.endAnswer()
        connection.wait(seconds: 2)
        #expect(try connection.answers().isEmpty)
        #expect(!connection.isOpen)
    }

    @Test func `a body that breaks off is an error for whoever reads it`() throws {
        let connection = try RawConnection()
        connection.send("POST /a HTTP/1.1\r\n\(Self.host)Content-Length: 50\r\n\r\ndecision=yes")
        #expect(try connection.targets() == ["/a"])
        connection.hangUp()
        #expect(throws: (any Error).self) { try connection.throwErrorOfProgram() }
    }

    @Test func `the connection ends after a request for another protocol`() throws {
        let connection = try RawConnection()
        connection.send("GET /a HTTP/1.1\r\n\(Self.host)Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")
        #expect(try connection.targets() == ["/a"])
        try connection.answer()
        #expect(try connection.answers() == ["200 close"])
        connection.wait(seconds: 2)
        #expect(!connection.isOpen)
    }
}
