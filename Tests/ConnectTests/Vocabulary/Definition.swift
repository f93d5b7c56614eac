/// A definition as text, made of a plain one by changes.
///
/// A comment such as `# oauth2` marks the mapping below it as a place where a change can be made.
struct Definition {
    var text: String

    /// What is to stand at a place: keys that are there already are replaced, one without a value is gone.
    struct Change: Sendable {
        let place: Level
        let fragment: String

        init(_ place: Level, _ fragment: String) {
            self.place = place
            self.fragment = fragment
        }
    }

    static let plain = Definition(
        text: """
            # integration
            name: acme
            displayName: Acme
            description: Things
            categories: [PRODUCTIVITY]
            color: "#112233"
            inputs:
              - # input
                key: region
                label: Region
                default: eu
            auth:
              - # option
                key: sign_in
                type: OAUTH2
                displayName: Sign in
                oauth2: # oauth2
                  authorizationUrl: https://acme.example/authorize
                  tokenUrl: https://acme.example/token
                account: # account
                  request:
                    url: https://acme.example/me
                  id: id
              - # key option
                key: api_key
                type: SECRET_TEXT
                displayName: API key
                fields:
                  - key: secret
                    label: Key
            api:
              baseUrl: https://api.acme.example
            """
    )

    func changed(_ changes: Change...) throws -> Definition { try changed(changes) }

    func changed(_ changes: [Change]) throws -> Definition {
        try changes.reduce(self) { try $0.inserting($1.fragment, at: $1.place.rawValue) }
    }

    private func inserting(_ fragment: String, at place: String) throws -> Definition {
        var lines = text.split(separator: "\n").map(String.init)
        guard let marker = lines.firstIndex(where: { $0.hasSuffix("# \(place)") }), marker + 1 < lines.count else {
            throw NoSuchPlace(name: place)
        }
        let indentation = lines[marker + 1].indentation
        let fragment = fragment.split(separator: "\n").map(String.init)
        for key in fragment.filter({ $0.indentation == 0 }).map({ $0.prefix { $0 != ":" } + ":" }) {
            let end = lines[(marker + 1)...].firstIndex { $0.indentation < indentation } ?? lines.endIndex
            let start = lines[(marker + 1)..<end].firstIndex {
                $0.indentation == indentation && $0.dropFirst(indentation).hasPrefix(key)
            }
            guard let start else { continue }
            let next = lines[(start + 1)..<end].firstIndex { $0.indentation <= indentation } ?? end
            lines.removeSubrange(start..<next)
        }
        let inserted = fragment.map { String(repeating: " ", count: indentation) + $0 }
        lines.insert(contentsOf: inserted, at: marker + 1)
        return Definition(text: lines.joined(separator: "\n"))
    }

    struct NoSuchPlace: Error { let name: String }
}

extension String {
    fileprivate var indentation: Int { prefix { $0 == " " }.count }
}
