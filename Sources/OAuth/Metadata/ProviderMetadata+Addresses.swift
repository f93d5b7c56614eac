extension ProviderMetadata {
    /// Where an issuer publishes its metadata, in the order in which the documents are to be read.
    ///
    /// OpenID Connect Discovery §4 appends to the issuer's path, RFC 8414 §3.1 puts its part before the path; both
    /// first drop a slash at its end.
    public static func addresses(of issuer: String) throws(ProviderMetadataFault) -> (openID: String, oauth: String) {
        guard let address = WebAddress(issuer), address.isProtected, address.query == nil else {
            throw .unusableIssuer
        }
        let path = address.path.hasSuffix("/") ? String(address.path.dropLast()) : address.path
        return (
            openID: address.origin + path + "/.well-known/openid-configuration",
            oauth: address.origin + "/.well-known/oauth-authorization-server" + path
        )
    }
}
