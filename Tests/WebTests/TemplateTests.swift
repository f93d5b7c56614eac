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
            for match in text.matches(of: /\{\{[#^\/]?([A-Za-z.]+)\}\}/) {
                let used = String(match.output.1)
                #expect(known.contains(used) || used == "." || used.hasPrefix("words."), "\(name) uses \(used)")
            }
        }
    }

    /// Only what has the type HTML, and so was escaped where it was made.
    @Test func `only HTML is written as it is, and all of it`() throws {
        let types = Self.models.flatMap(Self.types)
        let html = Set(types.filter(\.isHTML).map(\.name))
        #expect(html.isDisjoint(with: types.filter { !$0.isHTML }.map(\.name)))
        for (name, text) in try templates {
            for match in text.matches(of: /\{\{\{([A-Za-z.]+)\}\}\}/) where match.output.1 != "." {
                #expect(html.contains(String(match.output.1)), "\(name) writes \(match.output.1)")
            }
            for match in text.matches(of: /[^{]\{\{([A-Za-z]+)\}\}[^}]/) where !name.hasPrefix("reference") {
                #expect(!html.contains(String(match.output.1)), "\(name) escapes \(match.output.1) twice")
            }
        }
    }

    @Test func `nothing is written inline or from elsewhere`() throws {
        for (name, text) in try templates {
            // A mail has no other place for its style.
            let inline = name == "invite-html.mustache" ? [] : [" style=", "<style"]
            for forbidden in inline + [
                "{{&", " onclick", " onload", "javascript:", "<script>", "http://",
                "https://",
            ] {
                #expect(!text.contains(forbidden), "\(name) contains \(forbidden)")
            }
        }
    }

    @Test func `a value in a tag stands between double quotes, and none in a script`() throws {
        for (name, text) in try templates {
            let text = text.replacing(/\{\{[#^\/>!][^}]*\}\}/, with: "")
            for tag in text.matches(of: /<[a-zA-Z][^>]*>/) {
                #expect(!tag.output.replacing(/"[^"]*"/, with: "").contains("{{"), "\(name): \(tag.output)")
            }
            for script in text.matches(of: /<script[^>]*>([^<]*)<\/script>/) {
                #expect(script.output.1.isEmpty, "\(name)")
            }
        }
    }

    /// The names of a model's stored properties, and of those of everything in it.
    private static func names(in model: Any) -> [String] {
        Mirror(reflecting: model).children.flatMap { child in (child.label.map { [$0] } ?? []) + names(in: child.value)
        }
    }

    private static func types(in model: Any) -> [(name: String, isHTML: Bool)] {
        Mirror(reflecting: model).children.flatMap { child in
            let value = Mirror(reflecting: child.value)
            let inner = value.displayStyle == .optional ? value.children.first?.value ?? child.value : child.value
            let isHTML = inner is HTML || (inner as? [HTML])?.isEmpty == false
            let own = child.label.map { [($0, isHTML)] } ?? []
            return own + (isHTML ? [] : types(in: inner))
        }
    }

    private static var models: [Any] {
        let html = HTML(text: "")
        return [
            ConnectPage.OAuth(signIn: html, signInMore: html, scopes: [], hasScopes: true, hasManyScopes: true),
            ConnectPage.Scope(name: ""), ConnectPage.Choice(name: "", description: nil, url: ""),
            ConnectPage.Notice(heading: html, message: html, nextStep: html, supportCode: ""),
            ConnectPage.Form(fields: []), SitePage.Choice(id: "", label: "", hint: nil),
            FieldModel.Option(value: "", label: "", selected: true), ResultPage.Button(label: "", url: ""),
            ProblemPage.sample,
        ]
            + [
                InviteMail.sample as Any?, AccountPage.sample, WaitingPage.sample, ConnectPage.sample,
                FieldModel.sample, ResultPage.sample, PortalPage.sample,
                PortalPage.Item(
                    connectionID: "",
                    account: "",
                    label: "",
                    displayName: "",
                    reconnectLabel: "",
                    renameLabel: "",
                    disconnectLabel: "",
                    needsAttention: true
                ),
            ].compactMap { $0 }
    }
}
