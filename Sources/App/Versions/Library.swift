/// A library that is loaded when the program starts, so that the machine decides which version it is.
struct Library {
    let name: String
    let version: String
    let oldest: String

    /// A sentence for the operator, where the library is older than any that was tested.
    var warning: String? {
        guard Self.numbers(version).lexicographicallyPrecedes(Self.numbers(oldest)) else { return nil }
        return "\(name) \(version) is older than \(oldest), the oldest that is supported"
    }

    /// Of `1.10.2-dev`: 1, 10, 2.
    private static func numbers(_ version: String) -> [Int] {
        version.split(separator: ".").map { Int($0.prefix(while: \.isWholeNumber)) ?? 0 }
    }
}
