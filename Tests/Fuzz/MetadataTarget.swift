import OAuth
import StrictJSON

extension Target {
    /// What a provider publishes about itself: one document or a list of two.
    static let metadata = Target("metadata") { sample in
        guard let json = try? JSON.parse(sample.bytes) else { return }
        let documents = json.array ?? [json]
        let issuer = documents.compactMap { $0["issuer"]?.string }.first ?? "https://p.example"
        if let addresses = try? ProviderMetadata.addresses(of: issuer) {
            let origin = WebAddress(issuer)?.origin
            for address in [addresses.openID, addresses.oauth] {
                expect(WebAddress(address)?.origin == origin, "metadata is read at the issuer's own origin")
            }
        }
        guard let metadata = try? ProviderMetadata(documents, issuer: issuer) else { return }
        expect(metadata.issuer.utf8.elementsEqual(issuer.utf8), "the metadata is that issuer's")
        let endpoints = [
            metadata.authorizationEndpoint, metadata.tokenEndpoint, metadata.revocationEndpoint,
            metadata.userinfoEndpoint,
            metadata.jwksURI, metadata.pushedAuthorizationRequestEndpoint,
        ]
        for endpoint in endpoints.compactMap(\.self) {
            let address = WebAddress(endpoint)
            expect(address?.scheme == "https" || address?.isLoopback == true, "\(endpoint) is protected")
        }
        let isPushable = metadata.pushedAuthorizationRequestEndpoint != nil
        expect(isPushable || !metadata.requirePushedAuthorizationRequests, "what is required has an address")
        let again = try? ProviderMetadata([metadata.json], issuer: issuer)
        expect(again == metadata, "metadata that is written is read as the same")
        expect(metadata.changes(to: metadata).isEmpty, "nothing changes by itself")
    }
}
