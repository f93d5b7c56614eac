import OAuth

extension Target {
    /// What a browser brings back from a provider, in the query or in a form that it posts.
    static let callback = Target("callback") { sample in
        let form = FormParameters(encoded: sample.text)
        let reference = Form(bytes: Array(sample.text.utf8))
        expect(form?.pairs.map { Form.Pair($0.name, $0.value) } == reference?.pairs, "a form is read byte by byte")
        if let form {
            expect(FormParameters(encoded: form.encoded) == form, "a form that is written is read as the same")
        }
        guard let response = try? AuthorizationResponse(query: sample.text), let reference else { return }
        expect(reference.values("state") == [response.state], "there is exactly one state")
        expect((16...512).contains(response.state.utf8.count), "the state has a length that ours could have")
        for name in ["code", "iss", "error"] { expect(reference.values(name).count <= 1, "\(name) is there once") }
        for provider in providers {
            guard let code = try? response.code(expecting: provider) else { continue }
            expect(reference.values(provider.codeParameter) == [code], "the code is the one that came")
            expect(code.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a code has the characters of RFC 6749 A.11")
            expect(reference.values("error").allSatisfy(\.isEmpty), "there is no error beside the code")
            let issuer = reference.values("iss").first
            expect(issuer == nil || issuer == provider.endpoints.issuer, "the issuer is the expected one")
            expect(issuer != nil || !provider.endpoints.requiresIssuer, "an issuer that is due is there")
        }
    }

    private static let providers: [OAuthProvider] = [false, true].map { requiresIssuer in
        var provider = OAuthProvider(authorizationURL: "https://p.example/a", tokenURL: "https://p.example/t")
        provider.endpoints.issuer = "https://p.example"
        provider.endpoints.requiresIssuer = requiresIssuer
        if requiresIssuer { provider.codeParameter = "auth_code" }
        return provider
    }
}

/// `application/x-www-form-urlencoded` as the URL Standard §5.1 reads it, except that what is malformed is nothing.
private struct Form {
    struct Pair: Equatable {
        let name: [UInt8]
        let value: [UInt8]

        init(_ name: String, _ value: String) {
            self.name = Array(name.utf8)
            self.value = Array(value.utf8)
        }
    }

    let pairs: [Pair]

    init?(bytes: [UInt8]) {
        var pairs: [Pair] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = Self.text(part[..<end]), let value = Self.text(part[end...].dropFirst()) else {
                return nil
            }
            pairs.append(Pair(name, value))
        }
        self.pairs = pairs
    }

    func values(_ name: String) -> [String] {
        pairs.filter { $0.name == Array(name.utf8) }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%") {
                let digits = bytes[index...].dropFirst().prefix(2)
                guard digits.count == 2, digits.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }),
                    let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
                else { return nil }
                text.append(byte)
                index += 3
            } else {
                text.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return String(validating: text, as: UTF8.self)
    }
}
