internal import Crypto
internal import Foundation

/// The stylesheet that a colour comes to: what it puts in the place of properties of portal.css.
///
/// It says nothing of the workspace, so that whoever uses the colour shares it.
struct BrandStyle {
    private let color: Color
    let css: String

    init(_ color: Color) {
        self.color = color
        css = """
            :root {\(Self.properties(of: color, on: Self.lightPage))}
            @media (prefers-color-scheme: dark) {:root {\(Self.properties(of: color, on: Self.darkPage))}}

            """
    }

    /// The address, which changes with the content.
    var url: String { "/assets/brand/\(color.hex.dropFirst()).css?v=\(version)" }
    var version: String { SHA256.hash(data: Data(css.utf8)).prefix(6).map { String($0, radix: 16) }.joined() }

    /// Of the backgrounds of portal.css in a scheme, the one against which most is hard to see.
    static let lightPage = Color(red: 0xF5, green: 0xF5, blue: 0xF7)
    static let darkPage = Color(red: 0x1B, green: 0x1C, blue: 0x20)

    /// WCAG 2.2 asks for 4.5 : 1 in text (1.4.3), and for 3 : 1 in what tells a button from the page (1.4.11).
    private static func properties(of color: Color, on page: Color) -> String {
        let text = color.text
        let hovers = [text, text.text].map { color.mixed(with: $0, 0.12) }
        let properties = [
            ("primary", color),
            ("primary-hover", hovers.first { $0.contrast(with: text) >= 4.5 } ?? color),
            ("primary-edge", color.contrasting(3, on: page)),
            ("on-primary", text),
            ("accent", color.contrasting(4.5, on: page)),
            ("link", color.contrasting(4.5, on: page)),
        ]
        return properties.map { "--\($0): \($1.hex);" }.joined(separator: " ")
    }
}
