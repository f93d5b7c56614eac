import Foundation

/// Headed tables of names and texts, aligned.
struct Sheet {
    struct Section {
        let heading: String
        var rows: [(name: String, text: String)] = []

        init(_ heading: String) { self.heading = heading }

        /// Adds a row where there is a text; its lines stand below each other.
        mutating func add(_ name: String, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            rows.append((name, text))
        }

        mutating func add(_ name: String, _ texts: [String], separator: String = ", ") {
            add(name, texts.joined(separator: separator))
        }

        /// Several lines below one name.
        mutating func add(_ name: String, lines: [String]) { add(name, lines.joined(separator: "\n")) }
    }

    var sections: [Section] = []

    var text: String {
        let width = sections.flatMap(\.rows).map(\.name.count).max() ?? 0
        return sections.map { section in
            let rows = section.rows.flatMap { row in
                row.text.split(separator: "\n").enumerated().map { index, line in
                    let name = (index == 0 ? row.name : "").padding(toLength: width + 2, withPad: " ", startingAt: 0)
                    return "  \(name)\(line)"
                }
            }
            return ([section.heading] + rows).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
