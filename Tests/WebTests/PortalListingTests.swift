import Connect
import Integrations
import Testing

@testable import Web

/// What an end user's page shows of what is offered, and in which order.
@Suite struct PortalListingTests {
    private let catalog = (try? Catalog.load())?.integrations ?? []

    private func offered(_ names: String...) -> [PortalEntry] {
        names.compactMap { name in catalog.first { $0.name == name }.map { .sample($0) } }
    }

    @Test(
        arguments: [
            ("cafe", "Café Tools", 0), ("CAFÉ", "Cafe tools", 0), ("tools", "Café Tools", 1),
            ("to ca", "Café Tools", 1),
            ("hub", "GitHub", 2), ("calcom", "Cal.com", 0), ("cal.com", "CalCom", 0), ("ﬁle", "Files", 0),
            ("google dr", "Google Drive", 0), ("drive google", "Google Drive", 1), ("e-mail", "Email", 0),
            ("h", "GitHub", nil), ("issues", "GitHub", 3), ("git issues", "GitHub", 3), ("ssues", "GitHub", nil),
            ("分析", "GitHub", 3), ("git nothing", "GitHub", nil), ("!", "GitHub", nil), ("<b>", "GitHub", nil),
        ] as [(String, String, Int?)]
    )
    func `what is typed is found without case, accents and punctuation`(text: String, name: String, rank: Int?) throws {
        let texts = ["Repositories, issues and pull requests", "ビジネス分析"]
        #expect(try #require(Sought(text)).rank(name: name, texts: texts) == rank)
    }

    @Test func `nothing typed is nothing looked for`() {
        #expect(["", " ", "\u{3000}\n"].allSatisfy { Sought($0) == nil })
        #expect(PortalFilter(query: " ").isEmpty)
    }

    @Test func `few are one list in the workspace's order, and many are groups by category, with counts`() throws {
        let few = PortalPage.sample(of: offered("stripe", "github", "slack"))
        #expect(few.available.map(\.groupTitle) == [nil])
        #expect(few.available[0].entries.map(\.integrationKey) == ["stripe", "github", "slack"])
        #expect(!few.isSearchable && !few.hasCategories && few.hasNoConnection)

        let all = PortalPage.sample(of: catalog.map { .sample($0) })
        #expect(all.available.count == 14)
        #expect(all.available.flatMap(\.entries).count == catalog.count)
        #expect(all.available.map(\.groupTitle) == all.categories.dropFirst().map(\.title))
        #expect(all.categories[0].count == catalog.count && all.categories[0].isChosen)
        for category in all.categories.dropFirst() {
            #expect(category.count == catalog.count { $0.categories.contains(category.name) }, "\(category.name)")
            #expect(category.url == "/connect/portal?category=\(category.name)")
        }
        for group in all.available {
            let names = group.entries.map(\.integrationName.folded)
            #expect(names == names.sorted(), "\(group.anchor)")
        }
    }

    @Test func `names that begin with it come first, then the others`() throws {
        let page = PortalPage.sample(of: catalog.map { .sample($0) }, query: "Mail")
        let names = page.found.map(\.integrationName)
        #expect(names.prefix(3) == ["Mailchimp", "MailerLite", "Mailgun"])
        let starts = names.prefix { $0.hasPrefix("Mail") }
        #expect(!names.dropFirst(starts.count).contains { $0.hasPrefix("Mail") })
        #expect(names.dropFirst(starts.count).first == "Zoho Mail", "then words of a name")
        #expect(names.contains("Gmail") && names.contains("Brevo") && !names.contains("GitHub"))
        #expect(page.isFiltered && page.query == "Mail" && page.ownURL == "/connect/portal?q=Mail")
        #expect(page.findings.contains("\(names.count)") || page.findings == "found")
        // The groups stay for the script to search.
        #expect(page.available.flatMap(\.entries).count == catalog.count)
    }

    @Test func `a category shows those of it, also where it is not their main one`() throws {
        let page = PortalPage.sample(of: catalog.map { .sample($0) }, category: "ANALYTICS")
        #expect(!page.isFiltered && page.found.isEmpty, "one that is not offered is no filter")
        let marketing = PortalPage.sample(of: catalog.map { .sample($0) }, query: "hub", category: "MARKETING")
        #expect(marketing.found.map(\.integrationName) == ["HubSpot"])
        #expect(marketing.foundTitle != nil)
        #expect(marketing.categories.filter(\.isChosen).map(\.name) == ["MARKETING"])
        #expect(marketing.categories[0].url == "/connect/portal?q=hub")
    }

    @Test func `a workspace's order goes before names, and its names are found with the provider's own`() throws {
        let smtp = try #require(catalog.first { $0.name == "smtp" })
        let mails = [
            PortalEntry.sample(smtp, name: "Zebra mail", sortOrder: 0), .sample(smtp, name: "Ant mail", sortOrder: 1),
        ]
        let page = PortalPage.sample(of: mails, query: "smtp")
        #expect(page.found.map(\.integrationName) == ["Zebra mail", "Ant mail"])
        #expect(page.found.map(\.order) == [nil, 1])
        #expect(page.found.allSatisfy { $0.also.contains("SMTP") })
    }
}
