import Foundation
import Testing

@testable import Web

@Suite struct TemplateTests {
    private var templates: [(name: String, text: String)] {
        get throws {
            let directory = URL(fileURLWithPath: WebPortal.directory("Templates"))
            let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
            return try (files?.compactMap { $0 as? URL } ?? []).filter {
                $0.pathExtension == "mustache" && !$0.path.contains("/sandbox/")
            }
            .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
        }
    }

    /// A name that no model stores would render as nothing, without a word.
    @Test func `every name in a template is a stored property of a model`() throws {
        let known = try Set(Self.models.flatMap(Self.names)).union(Self.names(in: WebPortal.reference))
        for (name, text) in try templates {
            for match in text.matches(of: /\{\{[#^\/]?([A-Za-z]+)\}\}/) {
                let used = String(match.output.1)
                #expect(known.contains(used) || used == "direction", "\(name) uses \(used)")
            }
        }
    }

    @Test func `nothing is written unescaped, inline or from elsewhere`() throws {
        for (name, text) in try templates {
            for forbidden in [
                "{{{", "{{&", " style=", " onclick", " onload", "javascript:", "<script>", "<style", "http://",
                "https://",
            ] {
                #expect(!text.contains(forbidden), "\(name) contains \(forbidden)")
            }
        }
    }

    /// The names of a model's stored properties, and of those of everything in it.
    private static func names(in model: Any) -> [String] {
        Mirror(reflecting: model).children.flatMap { child in (child.label.map { [$0] } ?? []) + names(in: child.value)
        }
    }

    private static var models: [Any] {
        [
            ConnectPage.OAuth(host: "", scopes: [], hasScopes: true, hasManyScopes: true),
            ConnectPage.Scope(name: ""), ConnectPage.Choice(name: "", description: nil, url: ""),
            ConnectPage.Notice(title: "", message: ""),
            ConnectPage.Form(fields: [], verifies: true), FieldModel.Option(value: "", label: "", selected: true),
            ResultPage.Button(label: "", url: ""),
            ProblemPage(
                title: "",
                style: "",
                script: "",
                appName: "",
                heading: "",
                message: "",
                nextStep: nil,
                supportCode: nil
            ),
        ]
            + [
                ConnectPage.sample as Any?, FieldModel.sample, ResultPage.sample, PortalPage.sample,
                PortalPage.Item(connectionID: "", account: "", needsAttention: true),
            ].compactMap { $0 }
    }
}
