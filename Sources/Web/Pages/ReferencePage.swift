internal import StrictJSON

/// The API reference: everything that the OpenAPI document says, as a page for people.
///
/// Made once, when it is first asked for.
struct ReferencePage {
    let title: String
    let style: String
    let appName: String
    let introduction: [Paragraph]
    let guides: [Guide]
    let groups: [Group]
    let objects: [Object]

    /// A chapter on what all operations have in common.
    struct Guide {
        let anchor: String
        let heading: String
        let prose: [Paragraph]
    }

    /// The operations with one tag.
    struct Group {
        let anchor: String
        let heading: String
        let prose: [Paragraph]
        let operations: [Operation]
    }

    struct Operation {
        let anchor: String
        let method: String
        /// The method in lower case, as a class of the style.
        let kind: String
        let path: [PathPart]
        let summary: String
        let prose: [Paragraph]
        let isOpen: Bool
        let tables: [Table]
        let request: String
        let answerStatus: String
        let answer: String
        let answerTables: [Table]
        let outcomes: [Outcome]
    }

    struct PathPart {
        let part: String
        let isParameter: Bool
    }

    /// A named schema that answers are made of.
    struct Object {
        let anchor: String
        let heading: String
        let prose: [Paragraph]
        let tables: [Table]
    }

    /// Fields or parameters.
    struct Table {
        let caption: [Span]
        let rows: [Row]
    }

    struct Row {
        let name: String
        let type: String
        /// Where the type is explained.
        let typeAnchor: String?
        let isRequired: Bool
        let about: [Span]
        let choices: [String]
        let limits: [String]
    }

    /// A status that an operation may answer with.
    struct Outcome {
        let status: String
        let isSuccess: Bool
        let meaning: [Span]
    }

    struct Paragraph { let spans: [Span] }

    /// Words, or a piece of code among them.
    struct Span {
        let text: String
        let isCode: Bool
    }
}

extension ReferencePage {
    /// Throws `MalformedDocument` where the document lacks what the page shows.
    ///
    /// `origin` is where the examples send their requests.
    init(document: JSON, origin: String, appName: String, style: String) throws {
        let reader = ReferenceReader(document: document, origin: origin)
        let info = try reader.member("info", of: document)
        let chapters = Self.chapters(try reader.text("description", of: info))
        title = "API reference"
        self.style = style
        self.appName = appName
        introduction = Self.prose(chapters.first ?? "")
        guides = chapters.dropFirst().map { chapter in
            let heading = String(chapter.prefix { $0 != "\n" })
            return Guide(
                anchor: Self.anchor(heading),
                heading: heading,
                prose: Self.prose(String(chapter.dropFirst(heading.count)))
            )
        }
        groups = try reader.groups()
        objects = try reader.objects()
    }

    /// The text before the first heading, then each `## ` heading with what follows it.
    private static func chapters(_ text: String) -> [String] {
        text.split(separator: "\n## ", omittingEmptySubsequences: false).map(String.init)
    }

    /// Paragraphs are separated by empty lines.
    static func prose(_ text: String) -> [Paragraph] {
        text.split(separator: "\n\n").map { Paragraph(spans: spans(String($0))) }.filter { !$0.spans.isEmpty }
    }

    /// Code stands between backticks.
    static func spans(_ text: String) -> [Span] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, part in
            let words = index.isMultiple(of: 2) ? String(part).replacing("\n", with: "") : String(part)
            return words.isEmpty ? nil : Span(text: words, isCode: !index.isMultiple(of: 2))
        }
    }

    static func anchor(_ heading: String) -> String {
        heading.lowercased().replacing(" ", with: "-")
    }
}
