internal import Foundation

/// Pictures as far as anybody looks who only wants their size.
public enum SamplePicture {
    public static func png(_ width: Int, _ height: Int, filling: Int = 0) -> [UInt8] {
        let filler = [UInt8](repeating: 0, count: filling)
        return join([0x89], text("PNG\r\n\u{1A}\n"), number(13, 4), text("IHDR"), number(width, 4), number(height, 4))
            + join([8, 2, 0, 0, 0], number(0, 4), filler, number(0, 4), text("IDAT"), number(0, 4))
            + join(number(0, 4), text("IEND"), number(0xAE42_6082, 4))
    }

    /// With an application segment, a table and a fill byte before the frame, which has the marker given.
    public static func jpeg(_ width: Int, _ height: Int, frame: UInt8 = 0xC0) -> [UInt8] {
        join([0xFF, 0xD8, 0xFF, 0xE0, 0, 7], text("JFIF\0"), [0xFF, 0xC4, 0, 3, 0, 0xFF, 0xFF, frame, 0, 11, 8])
            + join(number(height, 2), number(width, 2), [1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9])
    }

    public static func lossyWebP(_ width: Int, _ height: Int) -> [UInt8] {
        webP("VP8 ", join([0, 0, 0, 0x9D, 0x01, 0x2A], number(width, 2).reversed(), number(height, 2).reversed()))
    }

    public static func losslessWebP(_ width: Int, _ height: Int) -> [UInt8] {
        webP("VP8L", join([0x2F], number((height - 1) << 14 | (width - 1), 4).reversed(), [0, 0, 0, 0, 0]))
    }

    public static func extendedWebP(_ width: Int, _ height: Int) -> [UInt8] {
        webP("VP8X", join([0, 0, 0, 0], number(width - 1, 3).reversed(), number(height - 1, 3).reversed()))
    }

    public static func dataURI(_ bytes: [UInt8], type: String = "image/png") -> String {
        "data:\(type);base64,\(Data(bytes).base64EncodedString())"
    }

    private static func webP(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        let chunk = join(text(kind), number(content.count, 4).reversed(), content)
        return join(text("RIFF"), number(chunk.count + 4, 4).reversed(), text("WEBP"), chunk)
    }

    private static func join(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Big-endian.
    private static func number(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
