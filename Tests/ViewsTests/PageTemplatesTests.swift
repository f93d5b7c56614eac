import Mustache
import Testing

@testable import Views

@Suite struct PageTemplatesTests {
    @Test func `text is escaped, HTML is not`() throws {
        let view: View = ["text": .text(#"<b> & "c's""#), "html": .html(HTML(text: "<i>"))]
        #expect(try written("{{text}} {{{html}}}", view) == "&lt;b&gt; &amp; &quot;c&#39;s&quot; <i>")
    }

    @Test func `what is absent is written as nothing, and hides what is around it by its name`() throws {
        let view: View = [
            "name": .text("outer"), "none": .text(nil), "inner": .view(["name": .text(nil)]), "no": .view(nil),
        ]
        #expect(try written("{{none}}{{^none}}a{{/none}}{{#no}}b{{/no}}{{#inner}}{{name}}{{/inner}}", view) == "a")
    }

    @Test func `an empty text is a text`() throws {
        #expect(try written("{{#text}}a{{/text}}", ["text": .text("")]) == "a")
    }

    @Test func `a list is written once for each, within the view around it`() throws {
        let view: View = ["all": .list(["a", "b"]), "views": .list([["a": .text("c")] as View]), "d": .text("d")]
        #expect(try written("{{#all}}{{.}}{{d}}{{/all}}{{#views}}{{a}}{{d}}{{/views}}", view) == "adbdcd")
        #expect(try written("{{#all}}{{/all}}{{^all}}a{{/all}}", ["all": .list([String]())]) == "a")
    }

    @Test func `a flag opens a section of the view that has it`() throws {
        let view: View = ["yes": .flag(true), "no": .flag(false), "text": .text("a")]
        #expect(try written("{{#yes}}{{text}}{{/yes}}{{#no}}b{{/no}}{{^no}}c{{/no}}", view) == "ac")
    }

    @Test func `a name may reach into a view or into texts`() throws {
        let view: View = ["words": .texts(["cancel": "Cancel"]), "app": .view(["name": .text("Notes")])]
        #expect(try written("{{words.cancel}} {{app.name}}{{words.other}}", view) == "Cancel Notes")
    }

    @Test func `a partial is written with the escapes of its page`() throws {
        let text = try written("<p>\n    {{> part}}\n</p>\n", ["b": .text("<'")], part: "{{b}}\n")
        #expect(text == "<p>\n    &lt;&#39;\n</p>\n")
    }

    @Test func `a partial within a line is written there`() throws {
        #expect(try written("a {{> part}} c", ["b": .text("<")], part: "{{b}}") == "a &lt; c")
    }

    @Test func `a text that is no HTML is not escaped`() throws {
        #expect(try written("{{% CONTENT_TYPE:TEXT}}\n{{text}}\n", ["text": .text("<")]) == "<\n")
    }

    @Test func `a template that is missing is refused at once`() throws {
        #expect(throws: MissingTemplate.self) { try written("{{> nowhere}}", [:]) }
        #expect(throws: MissingTemplate.self) { try written("a {{^b}}{{> nowhere}}{{/b}}", ["b": .flag(true)]) }
    }

    private func written(_ page: String, _ view: View, part: String = "") throws -> String {
        var library = MustacheLibrary()
        try library.register(page, named: "page")
        try library.register(part, named: "part")
        return try PageTemplates(["page"], from: library).text(view, "page")
    }
}
