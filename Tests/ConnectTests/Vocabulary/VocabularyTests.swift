import Integrations
import Storage
import StrictJSON
import TestSupport
import Testing

/// Every field of the definition format does something, and nothing but what it says.
@Suite struct VocabularyTests {
    static let cases =
        VocabularyCase.integration + VocabularyCase.inputs + VocabularyCase.options + VocabularyCase.endpoints
        + VocabularyCase.authorization + VocabularyCase.clients + VocabularyCase.tokens + VocabularyCase.tokenAnswers
        + VocabularyCase.exchanges + VocabularyCase.renewal + VocabularyCase.accounts + VocabularyCase.choices
        + VocabularyCase.requests + VocabularyCase.verification + VocabularyCase.api

    @Test(arguments: cases)
    func `a field makes a difference, and its absence the opposite`(case: VocabularyCase) async throws {
        let with = try await ConnectAttempt(`case`, `case`.with())
        #expect(try `case`.holds(with), "\(with.session.errorCode ?? "no error") \(with.events.map { $0.detail.text })")
        // A definition that cannot do without is refused.
        guard let without = try await optional(`case`) else { return }
        #expect(try !`case`.holds(without), "holds without the field, too")
    }

    private func optional(_ case: VocabularyCase) async throws -> ConnectAttempt? {
        do { return try await ConnectAttempt(`case`, `case`.without()) } catch is CatalogError { return nil }
    }

    @Test(arguments: Level.allCases)
    func `no field is without a case`(level: Level) throws {
        let nonsense = try Definition.plain.changed(level.given).changed(.init(level, "nonsense: 1"))
        let error = #expect(throws: CatalogError.self) { try Catalog.reading(nonsense.text) }
        let complaint = try #require(error).description
        let known = try #require(complaint.firstMatch(of: /nonsense: unknown key; expected one of (.+)/)?.output.1)
        let fields = Set(known.split(separator: ", ").map(String.init))
        let tested = Set(Self.cases.filter { $0.level.isSame(as: level) }.map(\.field))
        #expect(tested == fields, "\(complaint)")
    }
}

extension Level {
    /// An option is an option, by whatever it connects.
    fileprivate func isSame(as other: Level) -> Bool {
        self == other || [self, other].allSatisfy { [.option, .keyOption].contains($0) }
    }
}
