import Foundation
import Storage

@testable import Connect

extension Target {
    /// The picture of an app, as bytes and as a data URI.
    static let logo = Target("logo") { sample in
        let header = ImageHeader(sample.bytes)
        expect(header.map { $0.width >= 0 && $0.height >= 0 } ?? true, "a picture has a size")
        let encoded = Data(sample.bytes).base64EncodedString()
        for format in ImageHeader.Format.allCases {
            let logo = logo("data:image/\(format.rawValue);base64,\(encoded)")
            guard let logo, let header else {
                expect(logo == nil, "what is no picture is no logo")
                continue
            }
            expect(header.format == format, "a logo is what it claims to be")
            expect((1...1024).contains(header.width) && (1...1024).contains(header.height), "a logo is not huge")
            expect(logo.image == Data(sample.bytes) && logo.image.count <= 24 * 1024, "a logo is kept as it came")
            expect(logo.name.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7F && $0 != 0x2F }, "\(logo.name) is a file's name")
        }
        _ = logo(sample.text)
    }

    private static func logo(_ text: String) -> Logo? {
        try? Logo(dataURI: text, of: Workspace.ID(rawValue: "00000000-0000-7000-8000-000000000001"))
    }
}
