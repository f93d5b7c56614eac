import Testing

@testable import Integrations

@Suite struct FieldTests {
    private func field(
        type: FieldType = .text,
        required: Bool = true,
        pattern: String? = nil,
        format: FieldFormat? = nil,
        options: [String] = [],
        standard: String? = nil
    ) -> Field {
        Field(
            key: "f",
            label: "Name",
            type: type,
            required: required,
            placeholder: nil,
            help: nil,
            pattern: pattern,
            format: format,
            options: options.map { .init(value: $0, label: $0) },
            prefix: "https://",
            suffix: ".example.com",
            defaultValue: standard
        )
    }

    @Test func `takes what people paste`() throws {
        #expect(try field().value(from: "  acme \n") == "acme")
        #expect(try field().value(from: "https://acme.example.com") == "acme")
        #expect(try field(required: false).value(from: " ") == nil)
        #expect(try field(standard: "587").value(from: "") == "587")
        #expect(try field(type: .checkbox).value(from: nil) == "false")
        #expect(try field(format: .email).value(from: "ada+notes@mail.test") == "ada+notes@mail.test")
        for typed in [" Bearer sk-1", "authorization: bearer  sk-1", "'sk-1'", "\"sk-1\" ", "Bearer `sk-1`", "sk-1"] {
            #expect(try field(type: .secret).value(from: typed) == "sk-1", "\(typed)")
        }
        #expect(try field().value(from: "'sk-1'") == "'sk-1'")
        #expect(try field(type: .multiline).value(from: "a\r\nb") == "a\r\nb")
    }

    @Test func `says what is wrong in a sentence`() {
        let cases: [(Field, String, String)] = [
            (field(), "", "Name is required."),
            (field(), "a\u{202E}b", "Name contains characters that cannot be part of it."),
            (field(), "a\nb", "Name contains characters that cannot be part of it."),
            (field(), String(repeating: "a", count: 20000), "Name is too long."),
            (field(pattern: "[a-z]+"), "ABC", "Name does not look right."),
            (field(type: .number), "x", "Name must be a number."),
            (field(type: .select, options: ["a"]), "b", "Choose one of the values of Name."),
            (field(format: .email), "a@b", "Name must be an e-mail address."),
            (field(format: .email), "mailto:user@mail.test", "Name must be an e-mail address."),
            (field(format: .email), "a..b@mail.test", "Name must be an e-mail address."),
            (field(format: .email), ".a@mail.test", "Name must be an e-mail address."),
            (field(format: .email), "a@-x.test", "Name must be an e-mail address."),
            (field(format: .hostname), "a b", "Name must be a host name such as example.com."),
            (field(type: .url), "nothing", "Name must be an address that starts with https://."),
        ]
        for (field, typed, sentence) in cases {
            #expect { try field.value(from: typed) } throws: { ($0 as? FieldFault)?.sentence == sentence }
        }
    }
}
