internal import Crypto
internal import Foundation
internal import OAuth
internal import Storage

extension Logo {
    /// A picture as large as browsers need it, and no larger.
    private static let byteLimit = 24 * 1024
    private static let pixelLimit = 1024

    /// The picture in a data URI (RFC 2397), such as `data:image/png;base64,iVBORw0…`.
    ///
    /// What it claims to be counts for nothing against its own bytes. Throws what was expected.
    init(dataURI text: String, of workspace: Workspace.ID) throws(PlainText.Problem) {
        guard let format = ImageHeader.Format.allCases.first(where: { text.hasPrefix($0.dataURIStart) }) else {
            throw PlainText.Problem("must be a PNG, JPEG or WebP picture as data:image/…;base64,…")
        }
        let encoded = text.utf8.dropFirst(format.dataURIStart.utf8.count)
        guard encoded.count <= (Self.byteLimit + 2) / 3 * 4 else {
            throw PlainText.Problem("must have at most \(Self.byteLimit) bytes")
        }
        guard let image = Data(base64Encoded: Data(encoded)) else { throw PlainText.Problem("must be valid base64") }
        guard let header = ImageHeader(Array(image)), header.format == format else {
            throw PlainText.Problem("must be a whole picture of the type that it names")
        }
        guard (1...Self.pixelLimit).contains(header.width), (1...Self.pixelLimit).contains(header.height) else {
            throw PlainText.Problem("must have at most \(Self.pixelLimit) × \(Self.pixelLimit) pixels")
        }
        // With the workspace in it, so that nobody finds out by the picture alone who uses it.
        let hash = SHA256.hash(data: Data(workspace.rawValue.utf8) + image)
        self.init(name: "\(Base64URL.encode(hash)).\(format.rawValue)", image: image)
    }
}

extension ImageHeader.Format {
    fileprivate var dataURIStart: String { "data:image/\(rawValue);base64," }
}
