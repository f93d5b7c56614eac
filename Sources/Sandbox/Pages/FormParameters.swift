import Foundation

/// The name-value pairs of a query or an `application/x-www-form-urlencoded` body, in order.
struct FormParameters: Sendable, Equatable {
    var pairs: [Pair]

    struct Pair: Sendable, Equatable {
        let name: String
        let value: String
    }

    init(_ pairs: [(String, String)] = []) { self.pairs = pairs.map { Pair(name: $0.0, value: $0.1) } }

    /// Those of a query and of a body together.
    init(_ query: FormParameters, _ body: FormParameters) { pairs = query.pairs + body.pairs }

    init(parsing text: some StringProtocol, plusIsSpace: Bool = true) {
        pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Pair(
                name: Self.decode(parts[0], plusIsSpace: plusIsSpace),
                value: parts.count > 1 ? Self.decode(parts[1], plusIsSpace: plusIsSpace) : ""
            )
        }
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// A name that occurs more than once, which RFC 6749 §3.1 forbids.
    var repeatedName: String? {
        var seen: Set<String> = []
        return pairs.first { !seen.insert($0.name).inserted }?.name
    }

    func contains(all expected: [String: String]) -> Bool {
        expected.allSatisfy { self[$0.key] == $0.value }
    }

    mutating func append(_ name: String, _ value: String) { pairs.append(Pair(name: name, value: value)) }

    var encoded: String {
        pairs.map { Self.encode($0.name) + "=" + Self.encode($0.value) }.joined(separator: "&")
    }

    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String {
        let spaced = plusIsSpace ? text.replacingOccurrences(of: "+", with: " ") : String(text)
        return spaced.removingPercentEncoding ?? spaced
    }

    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986 §2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
