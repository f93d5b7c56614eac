internal import Foundation

/// A colour of sRGB, with the arithmetic that keeps text on it and beside it readable.
struct Color: Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    static let black = Color(red: 0, green: 0, blue: 0)
    static let white = Color(red: 255, green: 255, blue: 255)

    /// As `#rrggbb`.
    var hex: String {
        [red, green, blue].reduce(into: "#") { text, channel in
            text += (channel < 16 ? "0" : "") + String(channel, radix: 16)
        }
    }

    /// Of WCAG 2.2, from 0 for black to 1 for white.
    var relativeLuminance: Double {
        0.2126 * Self.linear[Int(red)] + 0.7152 * Self.linear[Int(green)] + 0.0722 * Self.linear[Int(blue)]
    }

    /// Of WCAG 2.2, from 1 to 21.
    func contrast(with other: Color) -> Double {
        let (mine, theirs) = (relativeLuminance, other.relativeLuminance)
        return (max(mine, theirs) + 0.05) / (min(mine, theirs) + 0.05)
    }

    /// Black or white, whichever contrasts more; that is 4.58 : 1 at the least.
    var text: Color { contrast(with: .black) > contrast(with: .white) ? .black : .white }

    /// On the way to another colour; on the way to black or white the hue stays.
    func mixed(with other: Color, _ share: Double) -> Color {
        func mix(_ mine: UInt8, _ theirs: UInt8) -> UInt8 {
            UInt8((Double(mine) + (Double(theirs) - Double(mine)) * share).rounded())
        }
        return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// The same where it has the contrast, else as little darker or lighter as gives it.
    func contrasting(_ ratio: Double, on background: Color) -> Color {
        let shades = (0..<50).lazy.map { self.mixed(with: background.text, Double($0) / 50) }
        return shades.first { $0.contrast(with: background) >= ratio } ?? background.text
    }

    /// What of the light a channel is, by its value.
    private static let linear = (0...255).map { value in
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
}

extension Color {
    init?(hex: String) {
        guard hex.utf8.count == 7, hex.first == "#", hex.dropFirst().allSatisfy(\.isHexDigit),
            let value = UInt32(hex.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: UInt8(truncatingIfNeeded: value >> 16),
            green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value)
        )
    }
}
