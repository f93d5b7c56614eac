internal import Integrations

/// The monogram by which an integration is recognised.
struct Tile {
    let monogram: String
    let color: String
    /// The text colour that is readable on it.
    let onColor: String

    init(_ integration: Integration) {
        monogram = Tile.monogram(of: integration.displayName)
        color = integration.color
        onColor = Tile.isLight(integration.color) ? "#111111" : "#ffffff"
    }

    /// The first letters of the first two words, or the first letter of one.
    static func monogram(of name: String) -> String {
        name.split { !$0.isLetter && !$0.isNumber }.prefix(2).compactMap(\.first).map { String($0).uppercased() }
            .joined()
    }

    /// By the relative luminance of WCAG 2.2, at the point where black and white contrast alike.
    private static func isLight(_ hex: String) -> Bool {
        let value = UInt32(hex.dropFirst(), radix: 16) ?? 0
        let channels = [value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF].map { channel -> Double in
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] > 0.179
    }

    /// About `base` to the 2.4: base² · base^0.4, the root by a cubic that fits within 0.01 on 0…1.
    private static func power(_ base: Double) -> Double {
        base * base * (0.17 + base * (2.0 - base * (2.2 - base * 1.03)))
    }
}
