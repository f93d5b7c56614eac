internal import Storage

/// A workspace's branding, as templates see it.
struct Brand: Sendable {
    /// The address of the stylesheet.
    let colorStyle: String?
    let logo: String?
    let links: [Link]
    let hasLinks: Bool

    struct Link: Sendable {
        let label: String
        let url: String
        /// A page opens beside ours; a mail program does so anyway.
        let isPage: Bool
    }

    init(_ branding: Branding, _ language: Language) {
        colorStyle = branding.color.flatMap(Color.init(hex:)).map { BrandStyle($0).url }
        logo = branding.logoName.map { "/connect/logo/\($0)" }
        let named = [
            ("support", branding.supportURL), ("terms", branding.termsURL), ("privacy", branding.privacyURL),
        ]
        links = named.compactMap { key, url in
            url.map { Link(label: language.text(key), url: $0, isPage: !$0.hasPrefix("mailto:")) }
        }
        hasLinks = !links.isEmpty
    }
}
