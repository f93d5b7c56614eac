internal import HTTPTypes
internal import OAuth

/// What the connect page's form sends.
struct ConnectForm {
    let method: String?
    let isPopup: Bool
    /// The typed fields, by key.
    let fields: [String: String]

    init(_ text: String) throws(PageError) {
        guard let parameters = FormParameters(encoded: text) else {
            throw PageError(.badRequest, .refused)
        }
        method = parameters["method"].flatMap { $0.isEmpty ? nil : $0 }
        isPopup = parameters["display"] == "popup"
        let typed = parameters.pairs.filter { $0.name.hasPrefix("field.") }.map {
            (String($0.name.dropFirst(6)), $0.value)
        }
        fields = Dictionary(typed, uniquingKeysWith: { _, last in last })
    }
}
