internal import OAuth

extension Field {
    /// The longest value that is taken, in bytes; a private key in PEM fits.
    public static let maximumLength = 16384

    /// Cleans and checks what was typed.
    ///
    /// Surrounding space is dropped, and so are a prefix and suffix that were typed although shown, and what people copy
    /// along with a secret. An optional field left empty takes its default, or no value. Throws `FieldFault`.
    public func value(from typed: String?) throws(FieldFault) -> String? {
        var value = trimmed(typed ?? "")
        if type == .checkbox { return ["on", "true", "1"].contains(value) ? "true" : "false" }
        if value.isEmpty { value = defaultValue ?? "" }
        guard !value.isEmpty else {
            if required { throw FieldFault(.required, label) }
            return nil
        }
        guard value.utf8.count <= Self.maximumLength else { throw FieldFault(.tooLong, label) }
        guard !value.unicodeScalars.contains(where: isForbidden) else {
            throw FieldFault(.forbiddenCharacters, label)
        }
        try checkKind(value)
        return value
    }

    private func trimmed(_ typed: String) -> String {
        var value = typed[...]
        while let first = value.first, first.isWhitespace { value.removeFirst() }
        while let last = value.last, last.isWhitespace { value.removeLast() }
        if type == .secret { value = Self.unwrapped(value) }
        if let prefix, value.count > prefix.count, value.hasPrefix(prefix) { value.removeFirst(prefix.count) }
        if let suffix, value.count > suffix.count, value.hasSuffix(suffix) { value.removeLast(suffix.count) }
        return String(value)
    }

    nonisolated(unsafe) private static let scheme = /(?i)^(Authorization:\s*)?Bearer\s+/

    /// A secret as it is, without what comes along when it is copied from code: a header's scheme, quotes.
    private static func unwrapped(_ typed: Substring) -> Substring {
        var value = typed
        if let end = value.firstRange(of: Self.scheme)?.upperBound { value = value[end...] }
        for quote in ["\"", "'", "`"] where value.count > 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            value = value.dropFirst().dropLast()
        }
        return value
    }

    private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        if type == .multiline, scalar == "\n" || scalar == "\r" || scalar == "\t" { return false }
        return scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
    }

    private func checkKind(_ value: String) throws(FieldFault) {
        switch type {
        case .select where !options.contains { $0.value == value }:
            throw FieldFault(.notAnOption, label)
        case .number where Double(value)?.isFinite != true:
            throw FieldFault(.notANumber, label)
        case .url where WebAddress(value) == nil:
            throw FieldFault(.notAnAddress, label)
        default: break
        }
        if let format, !format.accepts(value) { throw FieldFault(format.fault, label) }
        if let pattern, let regex = try? Regex(pattern), (try? regex.wholeMatch(in: value)) == nil {
            throw FieldFault(placeholder == nil ? .doesNotLookRight : .lookLike, label, example: placeholder)
        }
    }
}

extension FieldFormat {
    fileprivate var fault: FieldFault.Reason {
        switch self {
        case .hostname: .notAHostname
        case .uri: .notAnAddress
        case .email: .notAnEmail
        case .uuid: .notAUUID
        }
    }

    /// Whether a value has this format.
    public func accepts(_ value: String) -> Bool {
        switch self {
        case .hostname: WebAddress("https://\(value)")?.host == value.lowercased()
        case .uri: WebAddress(value) != nil
        case .email: Self.isEmailAddress(value)
        case .uuid: value.wholeMatch(of: Self.uuidShape) != nil
        }
    }

    /// A dot-atom, `@` and a domain name (RFC 5321 §4.1.2), letters of all scripts included (RFC 6531).
    private static func isEmailAddress(_ value: String) -> Bool {
        value.utf8.count <= 254
            && value.wholeMatch(of: emailShape) != nil
    }

    nonisolated(unsafe) private static let uuidShape = /[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/
    nonisolated(unsafe) private static let emailShape =
        /[\p{L}\p{N}!#$%&'*+\/=?^_`{|}~\-]+(\.[\p{L}\p{N}!#$%&'*+\/=?^_`{|}~\-]+)*@([\p{L}\p{N}]([\p{L}\p{N}\-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}]([\p{L}\p{N}\-]*[\p{L}\p{N}])?/
}
