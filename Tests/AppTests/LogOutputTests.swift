import Foundation
import Glibc
import NIOCore
import NIOPosix
import Testing

@testable import App

@Suite struct LogOutputTests {
    private let pipe = Pipe()
    private let output: LogOutput

    init() { output = LogOutput(pipe.fileHandleForWriting.fileDescriptor) }

    @Test func `what one turn of a loop says goes out at its end`() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        let isEarly = try await loop.submit { [output] in
            output.write("one\n", isUrgent: false)
            output.write("two\n", isUrgent: false)
            return Self.hasBytes(descriptor)
        }.get()
        #expect(!isEarly)
        // What is submitted later runs later.
        try await loop.submit {}.get()
        #expect(read() == "one\ntwo\n")
    }

    @Test func `what matters goes out at once, after what waits`() async throws {
        try await MultiThreadedEventLoopGroup.singleton.next().submit { [output] in
            output.write("one\n", isUrgent: false)
            output.write("failed\n", isUrgent: true)
            #expect(read() == "one\nfailed\n")
        }.get()
    }

    @Test func `off a loop every line goes out at once`() {
        output.write("one\n", isUrgent: false)
        #expect(read() == "one\n")
    }

    private func read() -> String { String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) }

    private static func hasBytes(_ descriptor: CInt) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) > 0
    }
}
