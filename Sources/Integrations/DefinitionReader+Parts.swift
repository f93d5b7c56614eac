internal import OAuth
internal import Yams

extension DefinitionReader {
    /// The text of an address; what does not depend on a placeholder is checked at once.
    static func address(_ key: String, in mapping: DefinitionMapping) throws(DefinitionError) -> String {
        let node = try mapping.required(key)
        let text = try node.text()
        let sample = Template(text)
        var values = Dictionary(sample.placeholders.map { ($0, "x") }, uniquingKeysWith: { first, _ in first })
        if let leading = sample.leadingPlaceholder { values[leading] = "https://x.example" }
        guard let address = try? sample.address(with: values), let parsed = WebAddress(address) else {
            throw node.error("must be an https address without user information or fragment")
        }
        guard parsed.scheme == "https" || parsed.isLoopback else { throw node.error("must start with https://") }
        return text
    }

    static func optionalAddress(_ key: String, in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        mapping[key] == nil ? nil : try address(key, in: mapping)
    }

    static func request(_ place: DefinitionNode, in allowedHosts: [String]) throws(DefinitionError) -> RequestTemplate {
        let mapping = try place.mapping("method", "url", "basic", "headers", "body")
        let method = try mapping.optionalText("method") ?? "GET"
        guard ["GET", "POST", "PUT", "DELETE"].contains(method) else {
            throw try mapping.required("method").error("must be one of GET, POST, PUT, DELETE")
        }
        let basic = try mapping["basic"]?.mapping("username", "password")
        try refuseTwoAuthorizations(in: mapping)
        return RequestTemplate(
            method: method,
            url: Template(try address("url", in: mapping)),
            basic: try basic.map { (pair) throws(DefinitionError) in
                RequestTemplate.Basic(
                    username: Template(try pair.optionalText("username") ?? ""),
                    password: Template(try pair.optionalText("password") ?? "")
                )
            },
            headers: try mapping.headers().sorted { $0.key < $1.key }.map { ($0.key, Template($0.value)) },
            body: try mapping.optionalText("body").map(Template.init),
            allowedHosts: allowedHosts
        )
    }

    /// HTTP Basic is an Authorization header already.
    static func refuseTwoAuthorizations(in mapping: DefinitionMapping) throws(DefinitionError) {
        if try mapping.dictionary("headers").keys.contains(where: { $0.lowercased() == "authorization" }) {
            try mapping.refuse("basic", because: "is an Authorization header already")
        }
    }

    static func verification(in mapping: DefinitionMapping) throws(DefinitionError) -> Verification? {
        guard let verification = try mapping["verification"]?.mapping("request", "accept", "reject") else { return nil }
        let accepted = try statuses("accept", in: verification)
        return Verification(
            request: try request(verification.required("request"), in: []),
            accept: accepted.isEmpty ? [200] : accepted,
            reject: try [401, 403, 404] + rejected(in: verification, beside: accepted)
        )
    }

    private static func rejected(
        in mapping: DefinitionMapping,
        beside accepted: [Int]
    ) throws(DefinitionError) -> [Int] {
        let rejected = try statuses("reject", in: mapping)
        if let both = rejected.first(where: accepted.contains) {
            throw try mapping.required("reject").error("\(both) is accepted already")
        }
        return rejected
    }

    private static func statuses(_ key: String, in mapping: DefinitionMapping) throws(DefinitionError) -> [Int] {
        var statuses: [Int] = []
        for node in try mapping[key]?.list() ?? [] {
            guard let status = Int(try node.text()), (200...499).contains(status) else {
                throw node.error("must be a status from 200 to 499")
            }
            statuses.append(status)
        }
        return statuses
    }

    static func fields(in mapping: DefinitionMapping, _ key: String) throws(DefinitionError) -> [Field] {
        guard let places = try mapping[key]?.list() else { return [] }
        var fields: [Field] = []
        for place in places {
            let field = try field(place)
            guard !fields.contains(where: { $0.key == field.key }) else {
                throw place.error("the key \(field.key) occurs twice")
            }
            fields.append(field)
        }
        return fields
    }

    private static func field(_ place: DefinitionNode) throws(DefinitionError) -> Field {
        let mapping = try place.mapping(
            "key",
            "label",
            "type",
            "required",
            "placeholder",
            "help",
            "pattern",
            "format",
            "options",
            "prefix",
            "suffix",
            "default"
        )
        let keyNode = try mapping.required("key")
        let key = try keyNode.text()
        guard DefinitionMapping.isName(key) else {
            throw keyNode.error("must be letters, digits and _, starting with a letter")
        }
        let isSecretByName = key == "secret" || key == "password"
        let type: FieldType = try mapping.choice("type", default: isSecretByName ? .secret : .text)
        let options = try options(in: mapping)
        guard type != .select || !options.isEmpty else { throw place.error("options is missing: what can be chosen") }
        if type != .select { try mapping.refuse("options", because: "only a field of the type select has them") }
        let field = Field(
            key: key,
            label: try mapping.text("label"),
            type: type,
            required: try mapping.bool("required", default: true),
            placeholder: try mapping.optionalText("placeholder"),
            help: try mapping.optionalText("help"),
            pattern: try pattern(in: mapping),
            format: try mapping.optionalChoice("format"),
            options: options,
            prefix: try mapping.optionalText("prefix"),
            suffix: try mapping.optionalText("suffix"),
            defaultValue: try mapping.optionalText("default")
        )
        if let node = mapping["default"], (try? field.value(from: field.defaultValue)) == nil {
            throw node.error("is not taken by the field itself")
        }
        return field
    }

    private static func pattern(in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        guard let node = mapping["pattern"] else { return nil }
        let pattern = try node.text()
        guard (try? Regex(pattern)) != nil else { throw node.error("is not a regular expression") }
        return pattern
    }

    private static func options(in mapping: DefinitionMapping) throws(DefinitionError) -> [Field.Option] {
        guard let places = try mapping["options"]?.list() else { return [] }
        var options: [Field.Option] = []
        for place in places {
            let option = try place.mapping("value", "label")
            let value = try option.text("value")
            options.append(Field.Option(value: value, label: try option.optionalText("label") ?? value))
        }
        return options
    }
}

extension Field {
    static func standard(_ key: String, _ label: String, _ type: FieldType) -> Field {
        Field(
            key: key,
            label: label,
            type: type,
            required: true,
            placeholder: nil,
            help: nil,
            pattern: nil,
            format: nil,
            options: [],
            prefix: nil,
            suffix: nil,
            defaultValue: nil
        )
    }
}
