import Connect
import Foundation
import Integrations
import StrictJSON
import Testing
import Views

@testable import Web

@Suite struct LanguageTests {
    private static let languages = try? Languages(directory: WebPortal.directory("Templates"))

    private static func members(_ code: String) throws -> [JSON.Object.Member] {
        let path = WebPortal.directory("Templates/languages/\(code).json")
        return try JSON.parse(Array(try Data(contentsOf: URL(fileURLWithPath: path)))).object?.members ?? []
    }

    private static func placeholders(_ text: String) -> [String] {
        text.matches(of: /\{[a-z]+\}/).map { String($0.output) }.sorted()
    }

    @Test func `these languages are there`() throws {
        #expect(try #require(Self.languages).codes == ["ar", "de", "en", "es", "fr", "ja", "pt", "zh"])
    }

    @Test(arguments: ["ar", "de", "es", "fr", "ja", "pt", "zh"])
    func `a language says everything that English says, about the same names`(code: String) throws {
        let (english, words) = (try Self.members("en"), try Self.members(code))
        #expect(words.map(\.name) == english.map(\.name))
        for (theirs, ours) in zip(words, english) {
            let (text, original) = (theirs.value.string ?? "", ours.value.string ?? "")
            #expect(!text.isEmpty, "\(theirs.name)")
            #expect(Self.placeholders(text) == Self.placeholders(original), "\(theirs.name)")
            if original.count > 20 { #expect(text != original, "\(theirs.name) is still English") }
        }
    }

    @Test func `every word of a template and every failure, fault and problem is in English`() throws {
        let english = try #require(Self.languages).english
        var used = ["support", "terms", "privacy"]
        used += FailureCode.allCases.flatMap { code in
            ["title", "message", "next"].map { "failure.\(code.rawValue).\($0)" }
        }
        used += FieldFault.Reason.allCases.map { "field.\($0.rawValue)" }
        used += Problem.Kind.allCases.flatMap { kind in
            ["title", "message", "next"].map { "problem.\(kind.rawValue).\($0)" }
        }
        let folder = URL(fileURLWithPath: WebPortal.directory("Templates"))
        for case let file as URL in try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        )
        where file.pathExtension == "mustache" {
            let text = try String(contentsOf: file, encoding: .utf8)
            used += text.matches(of: /\{\{words\.([A-Za-z]+)\}\}/).map { String($0.output.1) }
        }
        used += try Catalog.load().integrations.flatMap(\.categories).map { "category.\($0)" }
        for key in used { #expect(english.words[key] != nil, "\(key)") }
    }

    @Test func `the API and the page say the same in English`() throws {
        let english = try #require(Self.languages).english
        for code in FailureCode.allCases {
            #expect(english.text("failure.\(code.rawValue).message", ["provider": "Acme"]) == code.sentence("Acme"))
        }
    }

    @Test(
        arguments: [
            ("de-CH", nil, "de"), ("pt_BR", nil, "pt"), ("ja", "de", "ja"), ("tlh", "fr;q=0.5, de;q=0.9", "de"),
            (nil, "fr-CA,en;q=0.8", "fr"), (nil, "nl, *;q=0.5", "en"), (nil, "de;q=0, es", "es"), (nil, "", "en"),
            (nil, "zh-Hans-CN", "zh"), ("../en", "x;q=y,,;", "en"),
        ] as [(String?, String?, String)]
    )
    func `the app's wish, then the browser's, then English`(locale: String?, accepted: String?, code: String) throws {
        #expect(try #require(Self.languages).best(locale: locale, accepted: accepted).code == code)
    }

    @Test func `names in a text are escaped, apart, and not read again`() {
        let language = Language(code: "ar", isRightToLeft: true, words: ["k": "<{app}> {unknown} {app}"])
        let html = language.html("k", ["app": "\"{app}\"<b>"]).text
        #expect(html == "&lt;<bdi>&quot;{app}&quot;&lt;b&gt;</bdi>&gt;  <bdi>&quot;{app}&quot;&lt;b&gt;</bdi>")
        #expect(language.text("k", ["app": "A"]) == "<\u{2068}A\u{2069}>  \u{2068}A\u{2069}")
    }
}
