import Foundation
import Mustache
import Testing
import Views

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

    /// A name that no view has would be written as nothing, without a word.
    @Test func `a view has every name of its template, and every section is written for one`() async throws {
        for (name, reading) in try await Self.readings {
            #expect(reading.unknown.isEmpty, "\(name)")
            #expect(reading.closed.subtracting(reading.opened).isEmpty, "\(name)")
        }
    }

    /// Only what has the type HTML, and so was escaped where it was made.
    @Test func `only HTML is written as it is, and all of it`() async throws {
        for (name, reading) in try await Self.readings { #expect(reading.mistaken.isEmpty, "\(name)") }
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

    private static var readings: [(Pages.Name, Reading)] {
        get async throws {
            let library = try await MustacheLibrary(directory: WebPortal.directory("Templates"))
            let templates = try PageTemplates(Pages.Name.allCases.map(\.rawValue), from: library)
            let words = try Languages(directory: WebPortal.directory("Templates")).english.words.keys
            return try Pages.Name.allCases.map { name in
                var reading = try Reading(name.rawValue, in: templates, words: words)
                for view in try views(name) { reading.read(view) }
                return (name, reading)
            }
        }
    }

    private static func views(_ name: Pages.Name) throws -> [View] {
        switch name {
        case .account: [try #require(AccountPage.sample)]
        case .connect: ConnectPage.samples
        case .portal: PortalPage.samples
        case .problem: [ProblemPage.sample]
        case .reference: [try WebPortal.reference.view]
        case .result: ResultPage.samples
        case .site: [try #require(SitePage.sample)]
        case .waiting: [try #require(WaitingPage.sample)]
        case .inviteText, .inviteHTML: [InviteMail.sample]
        }
    }
}
