import Foundation
import OAuth
import Testing

@testable import Integrations

/// Whatever stands in a definition file, it is read or refused in one line with its name, and soon.
@Suite struct DefinitionMutationTests {
    /// Whether it was read.
    private func read(_ yaml: String, file: String = "acme.yaml") -> Bool {
        do throws(DefinitionError) {
            let integration = try DefinitionReader.integration(yaml: yaml, file: file)
            #expect(!integration.auth.isEmpty && "\(integration.name).yaml" == file)
            return true
        } catch {
            #expect(error.file == file && !error.problem.isEmpty)
            #expect(!error.description.contains { $0.isNewline }, "\(error)")
            return false
        }
    }

    @Test(arguments: ["slack", "github", "xero", "zoho-books", "instagram", "auth0", "amazon-selling-partner", "smtp"])
    func `mutants of a definition`(name: String) throws {
        let file = Catalog.builtInDirectory.appendingPathComponent("\(name).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        var mutator = LineMutator(seed: UInt64(name.utf8.count))
        let clock = ContinuousClock()
        var read = 0
        let time = clock.measure {
            for _ in 0..<150 where self.read(mutator.mutate(text), file: "\(name).yaml") { read += 1 }
        }
        #expect((10..<140).contains(read))
        #expect(time < .seconds(2))
    }

    @Test(arguments: [
        // Aliases of aliases: ten thousand million leaves, if anybody counted them.
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + (1..<10).map { level in
                "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
            }.joined() + "name: acme\nauth: *a9\n",
        "name: &a\n  b: *a\n",
        "<<: {name: acme}\n",
        String(repeating: "[", count: 20000),
        String(repeating: "{a: ", count: 20000),
        String(repeating: "- ", count: 20000),
        String(repeating: "? ", count: 20000),
        (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "name: " + String(repeating: "a", count: 2_000_000),
        "name: \"" + String(repeating: "\\x41", count: 200_000) + "\"",
        String(repeating: "#", count: 1_000_000),
        (0..<20000).map { "a\($0): b\n" }.joined(),
        String(repeating: "---\n", count: 20000),
        "", "\u{FEFF}", "\0", "~", "a", "[]", "{}", "- a", "%YAML 1.1\n---\n...\n", "&a", "*a", "!!map", "!", "\t",
    ])
    func `what nobody would write`(yaml: String) {
        let clock = ContinuousClock()
        let time = clock.measure { #expect(!read(yaml)) }
        #expect(time < .seconds(2))
    }

    @Test(arguments: ["account", "api", "auth", "inputs", "oauth2"])
    func `aliases in the place of a part`(part: String) throws {
        let bomb = "{a: &a {b: c}, d: &d {e: *a, f: *a}, g: &g {h: *d, i: *d}, j: [*g, *g]}"
        let lines = DefinitionTests.valid.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = lines.firstIndex { $0.contains("\(part):") } ?? lines.count
        var changed = Array(lines.prefix(place))
        changed.append((place < lines.count ? String(lines[place].prefix { $0 == " " }) : "") + "\(part): \(bomb)")
        #expect(!read(changed.joined(separator: "\n")))
    }
}
