internal import StrictJSON

extension ProviderError {
    /// The error in a token answer, if it carries one: an `error` member under any status, or a false success flag.
    init?(tokenAnswer: JSON?, status: Int, format: TokenResponseFormat, hiding secrets: [Secret] = []) {
        guard let tokenAnswer else { return nil }
        let description = tokenAnswer.value(at: format.errorDescription)?.string
        switch tokenAnswer.value(at: format.error) {
        case .string(let code)? where !code.isEmpty:
            self.init(code: code, description: description, hiding: secrets)
        case .object(let object)?:
            self.init(
                code: object["type"]?.string ?? object["code"]?.string ?? "error",
                description: object["message"]?.string,
                hiding: secrets
            )
        default:
            guard let flag = format.successFlag, tokenAnswer.value(at: flag) != .bool(true) else { return nil }
            self.init(code: "error", description: description, hiding: secrets)
        }
    }
}
