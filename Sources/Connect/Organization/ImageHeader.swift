/// What the first bytes of a picture say of it.
struct ImageHeader: Equatable {
    enum Format: String, CaseIterable { case png, jpeg, webp }

    let format: Format
    let width: Int
    let height: Int

    /// Nothing where the bytes are none of these formats, or end too early, or go on after the picture's end.
    init?(_ bytes: [UInt8]) {
        guard let header = Self.png(bytes) ?? Self.jpeg(bytes) ?? Self.webP(bytes) else { return nil }
        self = header
    }

    private init(_ format: Format, _ width: Int, _ height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// The chunk IHDR comes first and IEND, which is empty, last (PNG §5.6).
    private static func png(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.starts(with: [0x89] + "PNG\r\n\u{1A}\n".utf8), bytes.holds([0, 0, 0, 13] + "IHDR".utf8, at: 8),
            bytes.count >= 57, bytes.holds([0, 0, 0, 0] + "IEND".utf8, at: bytes.count - 12)
        else { return nil }
        return ImageHeader(.png, bytes.bigEndian(at: 16, 4), bytes.bigEndian(at: 20, 4))
    }

    /// The size is in the frame header, behind segments that tell their own length (ITU T.81 §B.1.1, §B.2.2).
    private static func jpeg(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.starts(with: [0xFF, 0xD8]), bytes.suffix(2) == [0xFF, 0xD9] else { return nil }
        var marker = 2
        while marker + 9 <= bytes.count, bytes[marker] == 0xFF {
            switch bytes[marker + 1] {
            case 0xFF: marker += 1
            case 0xC4, 0xC8, 0xCC, 0xE0...0xFE, 0xDB...0xDF: marker += 2 + bytes.bigEndian(at: marker + 2, 2)
            case 0xC0...0xCF:
                return ImageHeader(.jpeg, bytes.bigEndian(at: marker + 7, 2), bytes.bigEndian(at: marker + 5, 2))
            default: return nil
            }
        }
        return nil
    }

    /// One RIFF file as long as it says, with a chunk of one of three kinds first (RFC 9649 §2.4 to §2.7).
    private static func webP(_ bytes: [UInt8]) -> ImageHeader? {
        guard bytes.count >= 30, bytes.starts(with: "RIFF".utf8), bytes.holds(Array("WEBP".utf8), at: 8),
            bytes.littleEndian(at: 4, 4) == bytes.count - 8
        else { return nil }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 " where bytes.holds([0x9D, 0x01, 0x2A], at: 23):
            return ImageHeader(.webp, bytes.littleEndian(at: 26, 2) & 0x3FFF, bytes.littleEndian(at: 28, 2) & 0x3FFF)
        case "VP8L" where bytes[20] == 0x2F:
            let sizes = bytes.littleEndian(at: 21, 4)
            return ImageHeader(.webp, sizes & 0x3FFF + 1, sizes >> 14 & 0x3FFF + 1)
        case "VP8X":
            return ImageHeader(.webp, bytes.littleEndian(at: 24, 3) + 1, bytes.littleEndian(at: 27, 3) + 1)
        default: return nil
        }
    }
}

extension [UInt8] {
    fileprivate func holds(_ part: [UInt8], at index: Int) -> Bool { self[index...].starts(with: part) }

    fileprivate func bigEndian(at index: Int, _ count: Int) -> Int {
        self[index..<index + count].reduce(0) { $0 << 8 | Int($1) }
    }

    fileprivate func littleEndian(at index: Int, _ count: Int) -> Int {
        self[index..<index + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
