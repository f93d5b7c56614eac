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

    @Test func `a name may reach into a view`() throws {
        let view: View = ["app": .view(["name": .text("Notes")])]
        #expect(try written("{{app.name}}{{app.other}}", view) == "Notes")
    }

    @Test func `words are those of the view's language, whichever was written first`() throws {
        let page = "{{words.cancel}} {{name}} {{words.other}}{{words.none}}"
        let templates = try templates(page, part: "")
        var view: View = ["name": .text("Notes")]
        for (language, cancel) in [("en", "Cancel"), ("de", "<Abbrechen>"), ("en", "Cancel")] {
            view.words = Words(language: language, ["cancel": cancel, "other": "'"])
            #expect(templates.text(view, "page") == "\(HTML.escaped(cancel)) Notes &#39;")
        }
        #expect(try written("{{% CONTENT_TYPE:TEXT}}\n{{words.cancel}}", view) == "Cancel")
    }

    @Test func `layout is written as single spaces, but for a text that is no HTML`() throws {
        let page = "<p>\n\n    a {{b}}\n    {{#yes}}\n    c\n    {{/yes}}\n    {{#yes}}d{{/yes}}\n</p>\n"
        let view: View = ["b": .text("  "), "yes": .flag(true)]
        #expect(try written(page, view) == "<p> a    c d </p>")
        #expect(try written("{{% CONTENT_TYPE:TEXT}}\na\n\n b\n", view) == "a\n\n b\n")
    }

    @Test func `a partial is written with the escapes of its page`() throws {
        let text = try written("<p>\n    {{> part}}\n</p>\n", ["b": .text("<'")], part: "{{b}}\n")
        #expect(text == "<p> &lt;&#39; </p>")
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
        try templates(page, part: part).text(view, "page")
    }

    private func templates(_ page: String, part: String) throws -> PageTemplates {
        var library = MustacheLibrary()
        try library.register(page, named: "page")
        try library.register(part, named: "part")
        return try PageTemplates(["page"], from: library)
    }
}
