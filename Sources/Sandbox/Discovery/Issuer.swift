/// The issuer at which a request was made: the sandbox's own, or one of its variants.
struct Issuer: Sendable {
    let url: String
    /// What the endpoints' paths are added to.
    let base: String
    let variant: MetadataVariant?

    init(base: String, variant: MetadataVariant?) {
        url = base + (variant == .slashedIssuer ? "/" : "")
        self.base = base
        self.variant = variant
    }

    /// The addresses below which its endpoints are; the second is where metadata can say that they moved to.
    static let endpointPaths = ["", "/moved"]
}

extension Sandbox {
    var rootIssuer: Issuer { Issuer(base: issuer, variant: nil) }

    func issuer(_ variant: MetadataVariant) -> Issuer { Issuer(base: issuer + variant.path, variant: variant) }
}
