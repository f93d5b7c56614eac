import Integrations
import TestSupport
import Testing

/// Whatever is wrong with a definition keeps the portal from starting, in a line that names the place.
@Suite struct BadValueTests {
    static let values =
        BadValue.integrations + BadValue.inputs + BadValue.options + BadValue.apis + BadValue.endpoints
        + BadValue.discovery + BadValue.authorizations + BadValue.clients + BadValue.tokens
        + BadValue.clientCredentials + BadValue.accounts + BadValue.requests

    private func complaint(about definition: Definition) throws -> DefinitionError {
        let error = #expect(throws: CatalogError.self) { try Catalog.reading(definition.text) }
        let faults = try #require(error).faults
        #expect(faults.count == 1)
        return try #require(faults.first)
    }

    @Test(arguments: values)
    func `a bad value is refused with its file, line and field`(value: BadValue) throws {
        let complaint = try complaint(about: value.definition())
        #expect(complaint.file.hasSuffix(".yaml"))
        #expect(complaint.line != nil)
        // Or what is inside.
        let places = ["\(value.field)[", "\(value.field)."]
        #expect(
            complaint.field.hasSuffix(value.field) || places.contains(where: complaint.field.contains),
            "\(complaint)"
        )
        #expect(complaint.problem.contains(value.word), "\(complaint)")
        #expect(!complaint.description.contains("\n"))
    }

    @Test(arguments: Level.allCases)
    func `no field takes what is of another kind`(level: Level) throws {
        let nonsense = try Definition.plain.changed(level.given).changed(.init(level, "nonsense: 1"))
        let known = try complaint(about: nonsense).problem.trimmingPrefix("unknown key; expected one of ")
        for field in known.split(separator: ", ") {
            // No field is a list of lists, or a mapping with such a key.
            for fragment in ["\(field): [[]]", "\(field): {\"\": {\"\": []}}"] {
                let complaint = try complaint(about: Definition.plain.changed(level.given + [.init(level, fragment)]))
                #expect("\(complaint.field) \(complaint.problem)".contains(field), "\(complaint)")
                #expect(complaint.line != nil)
            }
        }
    }
}
