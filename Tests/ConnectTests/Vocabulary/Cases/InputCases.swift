import Integrations

/// What is asked before; the pages and the lists of the API show these values as they are read.
extension VocabularyCase {
    static let inputs = [
        input("key: zone") { $0.key == "zone" },
        input("label: Zone") { $0.label == "Zone" },
        input("type: url\ndefault: https://acme.example") { $0.type == .url },
        input("required: false") { !$0.required },
        input("placeholder: eu or us") { $0.placeholder == "eu or us" },
        input("help: Ask your administrator.") { $0.help == "Ask your administrator." },
        input("pattern: \"[a-z]{2}\"") { $0.pattern == "[a-z]{2}" },
        input("format: hostname") { $0.format == .hostname },
        input("options: [{value: eu, label: Europe}, {value: us}]\ntype: select") {
            $0.options.map(\.value) == ["eu", "us"] && $0.options.map(\.label) == ["Europe", "us"]
        },
        input("prefix: https://") { $0.prefix == "https://" },
        input("suffix: .acme.example") { $0.suffix == ".acme.example" },
        input("default: us") { $0.defaultValue == "us" },
        VocabularyCase(.inputOption, "value: us") { $0.integration.inputs[0].options[0].value == "us" },
        VocabularyCase(.inputOption, "label: Europe") { $0.integration.inputs[0].options[0].label == "Europe" },
    ]

    private static func input(_ fragment: String, holds: @escaping @Sendable (Field) -> Bool) -> VocabularyCase {
        VocabularyCase(.input, fragment) { holds($0.integration.inputs[0]) }
    }
}
