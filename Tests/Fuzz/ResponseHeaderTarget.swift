@testable import Outbound

extension Target {
    /// The head of an answer from another server, line by line.
    static let responseHeader = Target("response-header") { sample in
        var buffer = ResponseBuffer(limits: OutboundRequest.Limits())
        var rest = sample.bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            let line = Array(rest[..<end])
            rest = rest[end...]
            guard (try? line.withUnsafeBytes({ try buffer.takeHeaderLine($0) })) != nil else { break }
        }
        for field in buffer.headers {
            expect(!field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a name is a token")
            expect(!field.value.utf8.contains(UInt8(ascii: "\n")), "a value is one line")
        }
        let lengths = Set(buffer.headers.filter { $0.name.lowercased() == "content-length" }.map(\.value))
        expect(lengths.count <= 1 && lengths.allSatisfy { UInt8($0.prefix(1)) != nil }, "there is one length")
        checkSending(sample)
    }

    /// The other way round: what is sent is one field.
    private static func checkSending(_ sample: Sample) {
        guard let line = HeaderField.line(name: sample.head.line, value: sample.lines.dropFirst().first ?? "") else {
            return
        }
        expect(!line.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }, "a field is one line")
        guard line.utf8.last != UInt8(ascii: ";") else { return }
        expect(HeaderField.parse(Array(line.utf8))?.name == sample.head.line, "a field is read as it is written")
    }
}
