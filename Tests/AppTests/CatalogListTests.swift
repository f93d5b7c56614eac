@testable import App
import Foundation
import Integrations
import Testing

@Suite struct CatalogListTests {
    /// `make catalog` writes it.
    @Test func `the README lists what is in the catalog`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(readme.contains("<!-- catalog -->\n\(try Catalog.load().paragraphs)\n<!-- end -->"))
    }
}
