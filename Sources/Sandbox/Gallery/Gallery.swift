public import Foundation

/// What the sample app lets people try, in groups.
public struct Gallery: Sendable {
    struct Group: Sendable {
        /// The anchor of its heading.
        let id: String
        let title: String
        let lead: String
        let exhibits: [Exhibit]
    }

    let groups: [Group]
    /// The integrations on the page of a person's own.
    var personPage: [String] = []

    public static let standard = Gallery(
        groups: [.ways, .troubles, .windows],
        personPage: ["lighthouse", "harbour", "keyring", "logbook", "workbench"]
    )

    public var exhibits: [Exhibit] { groups.flatMap(\.exhibits) }

    func exhibit(_ name: String?) -> Exhibit? { exhibits.first { $0.name == name } }

    /// The directory of the exhibits' integration definitions, which are none of the product's catalog.
    public static var definitions: URL {
        Bundle.module.bundleURL.appendingPathComponent("Catalog", isDirectory: true)
    }
}
