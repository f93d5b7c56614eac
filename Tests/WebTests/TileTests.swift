import HTTPTypes
import Integrations
import StrictJSON
import Testing

@testable import Web

@Suite struct TileTests {
    @Test(arguments: [
        ("Slack", "Sl"), ("Google Drive", "GD"), ("GitHub", "GH"), ("n8n", "n8n"), ("xAI", "xAI"), ("X", "X"),
        ("Box", "Bo"), ("BILL", "BI"), ("Cal.com", "Ca"), ("monday.com", "Mo"), ("WordPress.com", "WP"),
        ("OpenAI", "OA"), ("Telegram bot", "TB"), ("Dropbox Sign Pro", "DS"), ("Éclair", "Éc"), ("3CX Phone", "3P"),
        ("…", ""), ("", ""), ("微信", "微信"),
    ])
    func `a monogram is made of what a name begins with`(name: String, monogram: String) {
        #expect(Tile.monogram(of: name) == monogram)
    }

    @Test func `every tile of the catalog can be read, on all of it`() throws {
        for integration in try Catalog.load().integrations {
            let tile = Tile(integration)
            let color = try #require(Color(hex: tile.color))
            let text = try #require(Color(hex: tile.onColor))
            let shaded = color.mixed(with: tile.shade == "#000" ? .black : .white, 0.14)
            #expect(min(text.contrast(with: color), text.contrast(with: shaded)) >= 4.5, "\(integration.name)")
            #expect((1...3).contains(tile.monogram.count), "\(integration.name)")
        }
    }

    @Test func `no two tiles of the catalog look alike`() throws {
        let named = try Catalog.load().integrations.map { ($0.name, Tile($0)) }
        for tiles in Dictionary(grouping: named, by: { $0.1.monogram + $0.1.facet }).values {
            for (place, (name, tile)) in tiles.enumerated() {
                for (other, another) in tiles[(place + 1)...] {
                    let colors = try (#require(Color(hex: tile.color)), #require(Color(hex: another.color)))
                    // With another multiplier they get other facets.
                    #expect(colors.0.distance(to: colors.1) > 60, "\(name) and \(other)")
                }
            }
        }
    }

    @Test func `tiles are pictures that browsers keep and that run nothing`() async throws {
        try await WebPortal().run { asking in
            let listed = try await asking.api(.get, "/api/v1/integrations?name=github", authorization: "").json
            let url = try #require(listed.value(at: "integration.logoUrl")?.string)
            let path = url.replacing("http://localhost", with: "")
            #expect(path.hasPrefix("/assets/tiles/github.svg?v="))
            let tile = try await asking.page(.get, path)
            #expect(tile.text.contains(">GH</text>"))
            #expect(tile.headers[.contentType] == "image/svg+xml")
            #expect(tile.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(tile.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            #expect(tile.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] == "cross-origin")
            let old = try await asking.page(.get, "/assets/tiles/github.svg?v=0")
            #expect(old.headers[.cacheControl] == "public, max-age=300")
            for unknown in ["nothing.svg", "github", "github.png", "..%2Fportal.css"] {
                #expect(try await asking.page(.get, "/assets/tiles/\(unknown)").status == 404, "\(unknown)")
            }
        }
    }
}

extension Color {
    /// Between the two as points of sRGB, where 441 is the most.
    fileprivate func distance(to other: Color) -> Double {
        let parts = [(red, other.red), (green, other.green), (blue, other.blue)]
        return parts.reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }.squareRoot()
    }
}
