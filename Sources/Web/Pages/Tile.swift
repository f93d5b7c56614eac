internal import Integrations
internal import Views

/// The tile by which an integration is recognised: a monogram on the brand's colour, a part of which is shaded.
struct Tile: Sendable {
    let monogram: String
    let color: String
    /// The text colour that is readable on it.
    let onColor: String
    /// The outline of the shaded part, which tells tiles of like colours apart.
    let facet: String
    /// Leaves the monogram as readable as it was.
    let shade: String

    init(_ integration: Integration) {
        self.init(name: integration.displayName, color: integration.color)
    }

    init(name: String, color: String) {
        let brand = Color(hex: color) ?? .white
        // White is easier to read on strong colours than the numbers say; a shade of darkness makes them right.
        let isDark = brand.contrast(with: .white) >= 3.5
        let ground = isDark ? brand.contrasting(4.5, on: .white) : brand
        // On a colour that is nearly black, a darker part would not be seen.
        let isNearlyBlack = ground.relativeLuminance < 0.04
        monogram = Tile.monogram(of: name)
        self.color = ground.hex
        onColor = isDark ? "#ffffff" : "#111111"
        let number = name.unicodeScalars.reduce(0) { ($0 * Tile.multiplier + Int($1.value)) & 0xFFFF }
        facet = Tile.facets[number % Tile.facets.count]
        shade = isDark && !isNearlyBlack ? "#000" : "#fff"
    }

    var view: View {
        [
            "monogram": .text(monogram), "color": .text(color), "onColor": .text(onColor), "facet": .text(facet),
            "shade": .text(shade),
        ]
    }

    /// As a file of its own.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">\
        <rect width="48" height="48" rx="12.5" fill="\(color)"/>\
        <path d="\(facet)" fill="\(shade)" opacity=".14"/>\
        <text x="24" y="24" dy=".36em" text-anchor="middle" fill="\(onColor)" font-size="18" font-weight="600" \
        font-family="system-ui,-apple-system,Segoe UI,Roboto,sans-serif">\(HTML.escaped(monogram))</text></svg>
        """
    }

    /// Any odd number with which no two tiles of the catalog look alike.
    private static let multiplier = 39

    /// Halves and corners of the tile, along its round corners.
    private static let facets = [
        "M0 30 48 20v15.5A12.5 12.5 0 0 1 35.5 48h-23A12.5 12.5 0 0 1 0 35.5z",
        "M0 28 48 18v-5.5A12.5 12.5 0 0 0 35.5 0h-23A12.5 12.5 0 0 0 0 12.5z",
        "M30 0h5.5A12.5 12.5 0 0 1 48 12.5v23A12.5 12.5 0 0 1 35.5 48H18z",
        "M30 0H12.5A12.5 12.5 0 0 0 0 12.5v23A12.5 12.5 0 0 0 12.5 48H18z",
        "M0 22a26 26 0 0 1 26 26H12.5A12.5 12.5 0 0 1 0 35.5z",
        "M48 26A26 26 0 0 1 22 0h13.5A12.5 12.5 0 0 1 48 12.5z",
        "M0 35.5V22a34 34 0 0 1 48 0v13.5A12.5 12.5 0 0 1 35.5 48h-23A12.5 12.5 0 0 1 0 35.5z",
    ]
}

extension Tile {
    /// The initials of the first two words, else the first two letters; up to three characters that are spelled
    /// unlike a word stay as they are.
    static func monogram(of name: String) -> String {
        if name.count <= 3, !name.dropFirst().allSatisfy(\.isLowercase) { return name }
        let ending = [".ai", ".com", ".io"].first(where: name.hasSuffix)
        let stem = name.dropLast(ending?.count ?? 0)
        let words = stem.split { !$0.isOfWord }
        let parts = words.count == 1 ? words.flatMap(humps) : words
        if parts.count > 1 { return parts.prefix(2).compactMap(\.first).map { $0.uppercased() }.joined() }
        return parts.first.map { $0.prefix(1).uppercased() + $0.dropFirst().prefix(1) } ?? ""
    }

    /// `Git` and `Hub`.
    private static func humps(_ word: Substring) -> [Substring] {
        let starts = word.indices.dropFirst().filter { place in
            word[place].isUppercase && !word[word.index(before: place)].isUppercase
        }
        let bounds = [word.startIndex] + starts + [word.endIndex]
        return zip(bounds, bounds.dropFirst()).map { word[$0..<$1] }
    }
}
