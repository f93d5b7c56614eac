@testable import Connect
import Storage
import TestSupport
import Testing

@Suite struct LogoTests {
    private static let workspace = Workspace.ID(rawValue: "w")
    private static let picture = SamplePicture.dataURI(SamplePicture.png(96, 96))

    @Test(
        arguments: [
            "data:image/svg+xml;base64,PHN2Zy8+": "PNG, JPEG or WebP",
            "data:image/gif;base64,R0lGODlhAQABAAAAACw=": "PNG, JPEG or WebP",
            "data:image/png,iVBORw0KGgo": "PNG, JPEG or WebP",
            "data:image/png;charset=utf-8;base64,AAAA": "PNG, JPEG or WebP",
            "https://acme.example/logo.png": "PNG, JPEG or WebP",
            "": "PNG, JPEG or WebP",
            "data:image/png;base64,": "whole picture",
            "data:image/png;base64,not base64!": "valid base64",
            picture + "\n": "valid base64",
            picture.replacing("AAAA", with: "AA=A"): "valid base64",
            SamplePicture.dataURI(Array("<html><script>alert(1)</script>".utf8)): "whole picture",
            SamplePicture.dataURI(Array("<svg/>".utf8)): "whole picture",
            SamplePicture.dataURI(SamplePicture.jpeg(9, 9)): "whole picture",
            SamplePicture.dataURI(SamplePicture.png(9, 9).dropLast()): "whole picture",
            SamplePicture.dataURI(SamplePicture.png(9, 9) + Array("<script>".utf8)): "whole picture",
            SamplePicture.dataURI(SamplePicture.png(5000, 5000)): "1024 × 1024",
            SamplePicture.dataURI(SamplePicture.png(1, 1025)): "1024 × 1024",
            SamplePicture.dataURI(SamplePicture.png(0, 1)): "1024 × 1024",
            SamplePicture.dataURI(SamplePicture.png(9, 9, filling: 24576)): "24576 bytes",
            SamplePicture.dataURI(SamplePicture.png(9, 9, filling: 24577 - 57)): "24576 bytes",
        ]
    )
    func `what is no logo is refused`(text: String, words: String) {
        let problem = #expect(throws: PlainText.Problem.self) { try Logo(dataURI: text, of: Self.workspace) }
        #expect(problem?.words.contains(words) == true, "\(problem?.words ?? "taken")")
    }

    @Test func `it may have just so many bytes and pixels`() throws {
        let largest = SamplePicture.png(1024, 1024, filling: 24576 - SamplePicture.png(1, 1).count)
        let logo = try Logo(dataURI: SamplePicture.dataURI(largest), of: Self.workspace)
        #expect(Array(logo.image) == largest)
    }

    @Test func `its name tells the picture, the workspace and the format`() throws {
        let names = try ["w", "x"].flatMap { id in
            try [
                Self.picture, SamplePicture.dataURI(SamplePicture.png(96, 97)),
                SamplePicture.dataURI(SamplePicture.jpeg(9, 9), type: "image/jpeg"),
                SamplePicture.dataURI(SamplePicture.lossyWebP(9, 9), type: "image/webp"),
            ].map { try Logo(dataURI: $0, of: Workspace.ID(rawValue: id)).name }
        }
        #expect(Set(names).count == 8)
        #expect(names.prefix(4).map { $0.dropFirst(43) } == [".png", ".png", ".jpeg", ".webp"])
        #expect(try Logo(dataURI: Self.picture, of: Self.workspace).name == names[0])
    }
}
