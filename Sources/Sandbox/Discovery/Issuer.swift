/// The issuer at which a request was made: the sandbox's own, or one of its variants.
struct Issuer: Sendable {
    let url: String
    let variant: MetadataVariant?

    /// The addresses below which its endpoints are; the second is where metadata can say that they moved to.
    static let endpointPaths = ["", "/moved"]
}

extension Sandbox {
    var rootIssuer: Issuer { Issuer(url: issuer, variant: nil) }

    func issuer(_ variant: MetadataVariant) -> Issuer { Issuer(url: issuer + variant.path, variant: variant) }
}
