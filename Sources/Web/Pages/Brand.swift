internal import Storage
internal import Views

/// A workspace's branding, as templates see it.
struct Brand: Sendable {
    let view: View

    init(_ branding: Branding, _ language: Language) {
        let named = [
            ("support", branding.supportURL), ("terms", branding.termsURL), ("privacy", branding.privacyURL),
        ]
        let links = named.compactMap { key, url in
            url.map { url -> View in
                // A page opens beside ours; a mail program does so anyway.
                ["label": .text(language.text(key)), "url": .text(url), "isPage": .flag(!url.hasPrefix("mailto:"))]
            }
        }
        view = [
            "colorStyle": .text(branding.color.flatMap(Color.init(hex:)).map { BrandStyle($0).url }),
            "logo": .text(branding.logoName.map { "/connect/logo/\($0)" }),
            "links": .list(links),
            "hasLinks": .flag(!links.isEmpty),
        ]
    }
}
