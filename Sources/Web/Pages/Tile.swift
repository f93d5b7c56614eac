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
        onColor = Color(hex: integration.color)?.text == .white ? "#ffffff" : "#111111"
    }

    /// The first letters of the first two words, or the first letter of one.
    static func monogram(of name: String) -> String {
        name.split { !$0.isLetter && !$0.isNumber }.prefix(2).compactMap(\.first).map { String($0).uppercased() }
            .joined()
    }
}
