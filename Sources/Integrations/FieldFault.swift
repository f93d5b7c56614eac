/// Why a typed value is not taken.
public struct FieldFault: Error, Sendable, Equatable {
    public enum Reason: String, Sendable, CaseIterable {
        case required
        case tooLong
        case forbiddenCharacters
        case notAnOption
        case notANumber
        case notAnAddress
        case notAHostname
        case notAnEmail
        case notAUUID
        /// There is an example of what it should look like.
        case lookLike
        case doesNotLookRight
    }

    public let reason: Reason
    /// The name of the field.
    public let label: String
    public let example: String?

    init(_ reason: Reason, _ label: String, example: String? = nil) {
        self.reason = reason
        self.label = label
        self.example = example
    }

    /// For whoever calls the API.
    public var sentence: String {
        switch reason {
        case .required: "\(label) is required."
        case .tooLong: "\(label) is too long."
        case .forbiddenCharacters: "\(label) contains characters that cannot be part of it."
        case .notAnOption: "Choose one of the values of \(label)."
        case .notANumber: "\(label) must be a number."
        case .notAnAddress: "\(label) must be an address that starts with https://."
        case .notAHostname: "\(label) must be a host name such as example.com."
        case .notAnEmail: "\(label) must be an e-mail address."
        case .notAUUID: "\(label) must be a UUID."
        case .lookLike: "\(label) should look like \(example ?? "")."
        case .doesNotLookRight: "\(label) does not look right."
        }
    }
}
