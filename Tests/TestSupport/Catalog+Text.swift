public import Integrations
internal import Foundation

extension Catalog {
    /// The catalog of definitions in a directory of their own, as an operator would have them.
    public static func reading(_ definitions: String...) throws -> Catalog {
        let directory = try TemporaryDirectory()
        for text in definitions {
            let name = text.firstMatch(of: /(?m)^name: (.+)$/).map { String($0.output.1) } ?? "nameless"
            try text.write(toFile: directory.path("\(name).yaml"), atomically: true, encoding: .utf8)
        }
        return try load(builtIn: directory.url)
    }
}
