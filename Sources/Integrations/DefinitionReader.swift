internal import OAuth
internal import Yams

/// Reads one YAML definition and checks it; the vocabulary is closed.
enum DefinitionReader {
    /// The categories of the wire contract.
    static let categories: Set<String> = [
        "ACCOUNTING", "ARTIFICIAL_INTELLIGENCE", "BUSINESS_INTELLIGENCE", "COMMERCE", "COMMUNICATION",
        "CONTENT_AND_FILES", "CUSTOMER_SUPPORT", "DEVELOPER_TOOLS", "FORMS_AND_SURVEYS", "HUMAN_RESOURCES", "MARKETING",
        "PAYMENT_PROCESSING", "PRODUCTIVITY", "SALES_AND_CRM",
    ]

    // A literal in a function is compiled each time that it is come by.
    nonisolated(unsafe) private static let nameShape = /[a-z0-9][a-z0-9\-]{0,62}/
    nonisolated(unsafe) private static let colorShape = /#[0-9A-Fa-f]{6}/
    nonisolated(unsafe) private static let dayShape = /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/

    static func integration(yaml: String, file: String) throws(DefinitionError) -> Integration {
        let root = try root(yaml: yaml, file: file)
        let mapping = try root.mapping(
            "name",
            "displayName",
            "description",
            "categories",
            "color",
            "website",
            "docs",
            "checked",
            "inputs",
            "auth",
            "api"
        )
        let inputs = try fields(in: mapping, "inputs")
        let integration = Integration(
            name: try name(in: mapping, file: file),
            displayName: try mapping.text("displayName"),
            description: try mapping.text("description"),
            categories: try categories(in: mapping),
            color: try color(in: mapping),
            website: try page("website", in: mapping),
            docs: try page("docs", in: mapping),
            checked: try checked(in: mapping),
            inputs: inputs,
            auth: try authOptions(in: mapping, inputs, apiUse(in: mapping))
        )
        try PlaceholderCheck(integration: integration, root: root).run()
        return integration
    }

    static func root(yaml: String, file: String) throws(DefinitionError) -> DefinitionNode {
        do {
            // Without rules for the kinds of scalars, which it would try on each: those asked for tell their kind. And
            // without a look for the encoding in the environment.
            guard let node = try compose(yaml: yaml, .basic, .default, .utf8) else {
                throw DefinitionError(file: file, line: nil, field: "", problem: "the file is empty")
            }
            return DefinitionNode(node: node, file: file, path: "")
        } catch let error as DefinitionError {
            throw error
        } catch {
            let problem = "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
            throw DefinitionError(file: file, line: nil, field: "", problem: "not YAML: \(problem)")
        }
    }

    private static func name(in mapping: DefinitionMapping, file: String) throws(DefinitionError) -> String {
        let node = try mapping.required("name")
        let name = try node.text()
        guard name.wholeMatch(of: nameShape) != nil else {
            throw node.error("must be 1 to 63 of a-z, 0-9 and -, starting with a letter or digit")
        }
        guard file.split(separator: "/").last == "\(name).yaml" else {
            throw node.error("must be the file's name, without .yaml")
        }
        return name
    }

    private static func categories(in mapping: DefinitionMapping) throws(DefinitionError) -> [String] {
        let given = try mapping.texts("categories")
        guard !given.isEmpty else { throw (mapping["categories"] ?? mapping.place).error("categories must name one") }
        for category in given where !categories.contains(category) {
            throw try mapping.required("categories")
                .error("\(category) is none of \(categories.sorted().joined(separator: ", "))")
        }
        return given
    }

    private static func color(in mapping: DefinitionMapping) throws(DefinitionError) -> String {
        let node = try mapping.required("color")
        let color = try node.text()
        guard color.wholeMatch(of: colorShape) != nil else { throw node.error("must look like \"#1A2B3C\"") }
        return color
    }

    /// The address of a page for people, which may have a fragment.
    private static func page(_ key: String, in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        guard let node = mapping[key] else { return nil }
        let text = try node.text()
        guard WebAddress(String(text.prefix { $0 != "#" }))?.scheme == "https" else {
            throw node.error("must be an https address")
        }
        return text
    }

    private static func checked(in mapping: DefinitionMapping) throws(DefinitionError) -> String? {
        guard let node = mapping["checked"] else { return nil }
        let day = try node.text()
        guard day.wholeMatch(of: dayShape) != nil else {
            throw node.error("must be a day such as 2026-11-21")
        }
        return day
    }

    private static func authOptions(
        in mapping: DefinitionMapping,
        _ inputs: [Field],
        _ api: APIUse?
    ) throws(DefinitionError) -> [AuthOption] {
        let node = try mapping.required("auth")
        var options: [AuthOption] = []
        for place in try node.list() {
            let option = try authOption(place, api)
            guard !options.contains(where: { $0.key == option.key }) else {
                throw place.error("the key \(option.key) occurs twice")
            }
            if let taken = inputs.first(where: { option.ownNames.contains($0.key) }) {
                throw place.error("\(taken.key) is the key of an input already")
            }
            options.append(option)
        }
        guard !options.isEmpty else { throw node.error("must name at least one way to connect") }
        return options
    }
}

extension AuthOption {
    /// What templates know by a name of the option's own.
    fileprivate var ownNames: [String] {
        fields.map(\.key) + (issuer == nil ? [] : ["accessToken", "refreshToken", "clientId", "clientSecret"])
    }
}
