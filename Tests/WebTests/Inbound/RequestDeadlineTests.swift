import HTTPTypes
import Testing

@testable import Web

@Suite struct RequestDeadlineTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    private static let bodyBegins = "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"

    @Test func `a head that comes in drips is cut ten seconds after the connection began`() throws {
        let connection = try RawConnection()
        for letter in "GET /slow" {
            connection.send(String(letter))
            connection.wait(seconds: 1)
        }
        #expect(connection.isOpen)
        connection.wait(seconds: 1)
        #expect(try connection.answers() == ["408 close"])
        connection.wait(seconds: 2)
        #expect(!connection.isOpen)
        #expect(try connection.targets().isEmpty)
    }

    @Test func `a connection without a byte is cut without a word`() throws {
        let connection = try RawConnection()
        connection.wait(seconds: 9)
        #expect(connection.isOpen)
        connection.wait(seconds: 1)
        #expect(!connection.isOpen)
        #expect(try connection.answers().isEmpty)
    }

    @Test func `after an answer there is a minute, and then ten seconds from the first byte`() throws {
        let connection = try RawConnection()
        for _ in 0..<2 {
            connection.send(Self.request)
            #expect(try connection.targets() == ["/a"])
            try connection.answer()
            connection.wait(seconds: 59)
            #expect(connection.isOpen)
        }
        #expect(try connection.answers() == ["200", "200"])
        connection.send("G")
        connection.wait(seconds: 9)
        #expect(connection.isOpen)
        connection.wait(seconds: 1)
        #expect(try connection.answers() == ["408 close"])
    }

    @Test func `a connection that asks no more is closed after a minute`() throws {
        let connection = try RawConnection()
        connection.send(Self.request)
        try connection.answer()
        connection.wait(seconds: 60)
        #expect(!connection.isOpen)
        #expect(try connection.answers() == ["200"])
    }

    @Test func `a body that comes in drips is cut after thirty seconds`() throws {
        let connection = try RawConnection()
        connection.send(Self.bodyBegins)
        for _ in 0..<5 {
            connection.wait(seconds: 5)
            connection.send(" ")
        }
        #expect(connection.isOpen)
        connection.wait(seconds: 5)
        #expect(try connection.answers() == ["408 close"])
        #expect(throws: (any Error).self) { try connection.throwErrorOfProgram() }
    }

    @Test func `a body that comes in drips after its answer only ends the connection`() throws {
        let connection = try RawConnection()
        connection.send(Self.bodyBegins)
        try connection.answer(.contentTooLarge)
        connection.wait(seconds: 32)
        #expect(!connection.isOpen)
        #expect(try connection.answers() == ["413"])
    }

    @Test func `the program may take its time, and so may a stream`() throws {
        let connection = try RawConnection()
        connection.send(Self.request)
        connection.wait(seconds: 600)
        try connection.answer(ends: false)
        connection.wait(seconds: 600)
        try connection.endAnswer()
        #expect(connection.isOpen)
        #expect(try connection.answers() == ["200"])
    }

    @Test func `a client that does not read is cut after thirty seconds`() throws {
        let connection = try RawConnection()
        connection.send(Self.request)
        try connection.answer(ends: false)
        for _ in 0..<3 {
            connection.reads(false)
            connection.wait(seconds: 29)
            connection.reads(true)
            connection.wait(seconds: 29)
        }
        #expect(connection.isOpen)
        connection.reads(false)
        connection.wait(seconds: 30)
        #expect(!connection.isOpen)
    }
}
