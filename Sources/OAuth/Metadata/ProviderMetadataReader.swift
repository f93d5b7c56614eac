internal import StrictJSON

/// Looks members up in the documents of one issuer, and takes nothing of the wrong shape.
struct ProviderMetadataReader {
    typealias Member = ProviderMetadata.Member

    private let documents: [JSON]

    init(_ documents: [JSON], issuer: String) throws(ProviderMetadataFault) {
        let objects = documents.filter { $0.object != nil }
        guard !objects.isEmpty else { throw .malformed }
        self.documents = objects.filter { $0["issuer"]?.string?.utf8.elementsEqual(issuer.utf8) ?? false }
        guard !self.documents.isEmpty else { throw .issuerMismatch }
    }

    func requiredAddress(_ member: Member) throws(ProviderMetadataFault) -> String {
        guard let address = try address(member) else { throw .missing(member) }
        return address
    }

    func address(_ member: Member) throws(ProviderMetadataFault) -> String? {
        guard let value = value(member) else { return nil }
        guard let text = value.string, let address = WebAddress(text), address.isProtected else {
            throw .unusable(member)
        }
        return text
    }

    /// False where the provider says nothing.
    func flag(_ member: Member) throws(ProviderMetadataFault) -> Bool {
        guard let value = value(member) else { return false }
        guard let flag = value.bool else { throw .unusable(member) }
        return flag
    }

    func names(_ member: Member) throws(ProviderMetadataFault) -> [String]? {
        guard let value = value(member) else { return nil }
        guard let values = value.array, values.count <= 100 else { throw .unusable(member) }
        let names = values.compactMap(\.string)
        guard names.count == values.count else { throw .unusable(member) }
        return names
    }

    private func value(_ member: Member) -> JSON? {
        documents.lazy.compactMap { $0[member.rawValue] }.first { !$0.isNull }
    }
}

extension WebAddress {
    /// Whether nobody on the way can read or change what goes there.
    var isProtected: Bool { scheme == "https" || isLoopback }
}
