import Foundation
import Testing

@testable import Web

@Suite struct ColorTests {
    private static func color(_ hex: String) throws -> Color { try #require(Color(hex: hex)) }

    /// All over the cube, and greys around the middle, where black and white contrast alike.
    private static let colors = (0...255).map { String(format: "#%02x%02x%02x", $0, $0, $0) } + cube
    private static let cube = (0..<512).map { (index: Int) in
        String(format: "#%02x%02x%02x", (index >> 6) * 36, (index >> 3 & 7) * 36, (index & 7) * 36)
    }

    @Test(arguments: ["", "#", "ffffff", "#fff", "#ffffff0", "#gggggg", "#ffffff\n", "#+fffff", "#ｆｆｆｆｆｆ", "red"])
    func `what is no colour`(text: String) { #expect(Color(hex: text) == nil) }

    @Test func `it is written as it was read`() throws {
        for hex in ["#000000", "#0a0b0c", "#ffffff", "#a1b2c3"] { #expect(try Self.color(hex).hex == hex) }
        #expect(try Self.color("#A1B2C3").hex == "#a1b2c3")
    }

    /// As other calculators of WCAG contrast have them.
    @Test(
        arguments: [
            ("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59),
            ("#ffee00", "#ffffff", 1.20), ("#ffee00", "#000000", 17.48), ("#2458d6", "#ffffff", 6.10),
        ] as [(String, String, Double)]
    )
    func `contrast, either way round`(one: String, other: String, ratio: Double) throws {
        let (one, other) = (try Self.color(one), try Self.color(other))
        #expect(abs(one.contrast(with: other) - ratio) < 0.01, "\(one.contrast(with: other))")
        #expect(one.contrast(with: other) == other.contrast(with: one))
    }

    @Test func `text on any colour is readable, in black or white`() throws {
        for hex in Self.colors {
            let color = try Self.color(hex)
            #expect(color.contrast(with: color.text) >= 4.5, "\(hex)")
        }
        #expect(try Self.color("#ffee00").text == .black)
        #expect(try Self.color("#101010").text == .white)
    }

    @Test(
        arguments: [
            ("#2458d6", "#ffffff", 4.5, "#2458d6"), ("#ffee00", "#ffffff", 4.5, "#807700"),
            ("#101010", "#141518", 3, "#666666"), ("#ffffff", "#ffffff", 4.5, "#757575"),
            ("#000000", "#000000", 21, "#ffffff"),
        ] as [(String, String, Double, String)]
    )
    func `as little darker or lighter as it takes`(hex: String, page: String, ratio: Double, shade: String) throws {
        #expect(try Self.color(hex).contrasting(ratio, on: try Self.color(page)).hex == shade)
    }

    @Test func `the hue stays`() throws {
        for hex in Self.colors {
            let color = try Self.color(hex)
            for page in [BrandStyle.lightPage, BrandStyle.darkPage] {
                let shade = color.contrasting(4.5, on: page)
                // Of a shade with little colour left, eight bits cannot tell the hue.
                guard let hue = color.hue, let after = shade.hue else { continue }
                let turn = (hue - after).remainder(dividingBy: 6)
                #expect(abs(turn) < 0.15, "\(hex) became \(shade.hex)")
            }
        }
    }
}

@Suite struct BrandStyleTests {
    /// The values of a custom property in a stylesheet: on a light page and on a dark one.
    private static func values(_ name: String, in css: String) throws -> [Color] {
        let found = try css.matches(of: Regex("--\(name): (#[0-9a-f]{3,6});", as: (Substring, Substring).self))
        return found.compactMap { match in
            let hex = match.output.1
            return Color(hex: hex.count == 4 ? "#" + hex.dropFirst().map { "\($0)\($0)" }.joined() : String(hex))
        }
    }

    @Test(arguments: ["#ffee00", "#101010", "#0f766e", "#2458d6", "#ffffff", "#000000", "#808080", "#ff0000"])
    func `everything is seen on every background of the pages`(hex: String) throws {
        let file = URL(fileURLWithPath: WebPortal.directory("Public")).appendingPathComponent("portal.css")
        let pages = try String(contentsOf: file, encoding: .utf8)
        let style = BrandStyle(try #require(Color(hex: hex)))
        for background in ["canvas", "surface", "sunken"] {
            let backgrounds = try Self.values(background, in: pages)
            for (name, ratio) in [("accent", 4.5), ("link", 4.5), ("primary-edge", 3)] {
                let colors = try Self.values(name, in: style.css)
                #expect(colors.count == 2 && backgrounds.count == 2)
                for (color, page) in zip(colors, backgrounds) {
                    #expect(color.contrast(with: page) >= ratio, "\(name) \(color.hex) on \(page.hex)")
                }
            }
        }
        for name in ["primary", "primary-hover"] {
            for (fill, text) in zip(try Self.values(name, in: style.css), try Self.values("on-primary", in: style.css))
            {
                #expect(fill.contrast(with: text) >= 4.5, "\(name) \(fill.hex)")
            }
        }
        #expect(try Self.values("primary", in: style.css).map(\.hex) == [hex, hex])
        #expect(try Self.values("primary-hover", in: style.css).map(\.hex) != [hex, hex])
    }

    @Test func `its address is its own`() throws {
        let (one, other) = (BrandStyle(.black), BrandStyle(.white))
        #expect(one.url.hasPrefix("/assets/brand/000000.css?v=") && one.url.hasSuffix(one.version))
        #expect(one.version != other.version)
    }
}

extension Color {
    /// From 0 to 6, where the colours are far enough apart to tell.
    fileprivate var hue: Double? {
        let (r, g, b) = (Double(red), Double(green), Double(blue))
        let (most, least) = (max(r, g, b), min(r, g, b))
        guard most - least > 24 else { return nil }
        let spread = most - least
        return most == r ? (g - b) / spread : most == g ? (b - r) / spread + 2 : (r - g) / spread + 4
    }
}
