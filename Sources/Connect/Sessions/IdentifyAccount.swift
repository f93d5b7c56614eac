internal import Integrations
internal import OAuth
internal import Outbound
internal import Storage
internal import StrictJSON

/// Who was connected at the provider.
struct Account {
    let id: String
    let label: String
}

extension Portal {
    /// Asks the provider whose account a credential is for; a connection without a label is better than none, so a
    /// failure is noted in the timeline and goes no further.
    func account(with values: [String: String], _ option: AuthOption, of session: ConnectSession) async -> Account? {
        guard let lookup = option.account else { return nil }
        do {
            let response = try await exchange(lookup.request.message(with: values), fresh: false)
            guard response.status == 200 else { throw OAuthError.tokenEndpointStatus(response.status) }
            let answer = try JSON.parse(response.body)
            guard let id = answer.value(at: lookup.idPath)?.displayText else { throw OAuthError.missingCode }
            return Account(id: id, label: answer.value(at: lookup.labelPath)?.displayText ?? id)
        } catch {
            let unknown = event(.accountUnknown, of: session, ["reason": .string("\(error)")])
            try? await store.write { try $0.insert(unknown) }
            return nil
        }
    }
}

extension JSON {
    /// A text or number as it is shown to a person: one line of at most 200 characters.
    fileprivate var displayText: String? {
        let text =
            switch self {
            case .string(let text): text
            case .integer(let integer): String(integer)
            default: ""
            }
        let scalars = text.unicodeScalars.filter { ![.control, .format].contains($0.properties.generalCategory) }
        let cleaned = String(String.UnicodeScalarView(scalars).prefix(200))
        return cleaned.isEmpty ? nil : cleaned
    }
}
