@testable import Connect
import TestSupport
import Testing

@Suite struct ImageHeaderTests {
    @Test(
        arguments: [
            (SamplePicture.png(1, 1024), .png, 1, 1024), (SamplePicture.png(5000, 4000), .png, 5000, 4000),
            (SamplePicture.jpeg(640, 480), .jpeg, 640, 480),
            (SamplePicture.jpeg(65535, 1, frame: 0xC2), .jpeg, 65535, 1),
            (SamplePicture.lossyWebP(300, 16383), .webp, 300, 16383),
            (SamplePicture.losslessWebP(16384, 1), .webp, 16384, 1),
            (SamplePicture.extendedWebP(256, 257), .webp, 256, 257),
        ] as [([UInt8], ImageHeader.Format, Int, Int)]
    )
    func `format and size`(bytes: [UInt8], format: ImageHeader.Format, width: Int, height: Int) throws {
        let header = try #require(ImageHeader(bytes))
        #expect((header.format, header.width, header.height) == (format, width, height))
        #expect(ImageHeader(bytes + Array("<script>".utf8)) == nil, "a picture ends where it ends")
        for count in 0..<bytes.count { #expect(ImageHeader(Array(bytes.prefix(count))) == nil, "\(count)") }
    }

    @Test(
        arguments: [
            [], Array("GIF89a\u{1}\0\u{1}\0".utf8), Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8),
            [0xFF, 0xD8, 0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0, 0, 0, 0, 0, 0, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xD9],
            SamplePicture.jpeg(1, 1, frame: 0xC4), SamplePicture.png(1, 1).reversed(),
        ] as [[UInt8]]
    )
    func `what is no such picture`(bytes: [UInt8]) { #expect(ImageHeader(bytes) == nil) }
}
