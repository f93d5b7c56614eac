internal import StrictJSON

/// Turns the schemas of an OpenAPI document into tables of fields.
struct ReferenceSchemas {
    let reader: ReferenceReader

    private typealias Row = ReferencePage.Row
    private typealias Table = ReferencePage.Table

    /// The parameters of an operation, a table for each place that they stand in.
    func tables(of parameters: [JSON]) throws -> [ReferencePage.Table] {
        let places = [("path", "Path"), ("query", "Query"), ("header", "Headers")]
        return try places.compactMap { place, caption in
            let rows = try parameters.filter { $0["in"]?.string == place }.map { parameter in
                try row(
                    reader.text("name", of: parameter),
                    reader.member("schema", of: parameter),
                    isRequired: parameter["required"]?.bool == true,
                    about: parameter["description"]?.string
                )
            }
            return rows.isEmpty ? nil : Table(caption: ReferencePage.spans(caption), rows: rows)
        }
    }

    /// The fields of an object: those that it always has, then those of each variant.
    ///
    /// An answer shows what may be null; in a request that is every optional field.
    func tables(of schema: JSON, caption: String, isAnswer: Bool = false) throws -> [ReferencePage.Table] {
        if let name = objectName(schema) {
            let row = Row(
                name: "",
                type: name,
                typeAnchor: "object-\(name)",
                isRequired: false,
                about: [],
                choices: [],
                limits: []
            )
            return [Table(caption: ReferencePage.spans(caption), rows: [row])]
        }
        let schema = try reader.resolved(schema)
        let shared = try rows(of: schema, isAnswer: isAnswer)
        var tables = shared.isEmpty ? [] : [Table(caption: ReferencePage.spans(caption), rows: shared)]
        for variant in try variants(of: schema) where variant["properties"] != nil {
            let rows = try rows(of: variant, isAnswer: isAnswer).filter { row in
                row.choices.isEmpty || !shared.contains { $0.name == row.name }
            }
            tables.append(Table(caption: ReferencePage.spans(try reader.text("title", of: variant)), rows: rows))
        }
        for property in schema["properties"]?.object?.members ?? [] {
            let variants = try variants(of: reader.resolved(property.value))
            for variant in variants where variants.count > 1 {
                let title = ReferencePage.spans("`\(property.name)`: \(try reader.text("title", of: variant))")
                tables.append(
                    Table(caption: title, rows: try rows(of: variant, under: "\(property.name).", isAnswer: isAnswer))
                )
            }
        }
        return tables
    }

    private func rows(of schema: JSON, under prefix: String = "", isAnswer: Bool) throws -> [ReferencePage.Row] {
        let required = schema["required"]?.array ?? []
        return try (schema["properties"]?.object?.members ?? []).flatMap { property in
            let name = prefix + property.name
            let isRequired = !isAnswer && required.contains(.string(property.name))
            let row = try row(name, property.value, isRequired: isRequired, isAnswer: isAnswer)
            guard row.typeAnchor == nil, let inner = try inner(property.value) else { return [row] }
            return [row] + (try rows(of: inner.schema, under: name + inner.suffix, isAnswer: isAnswer))
        }
    }

    /// The object whose fields are shown in the same table: a member that is one, or a list of such.
    private func inner(_ schema: JSON) throws -> (schema: JSON, suffix: String)? {
        let schema = try reader.resolved(schema)
        if schema["properties"] != nil { return (schema, ".") }
        if let items = try schema["items"].map(reader.resolved), items["properties"] != nil { return (items, "[].") }
        let variants = try variants(of: schema)
        return variants.count == 1 ? (variants[0], ".") : nil
    }

    private func row(
        _ name: String,
        _ schema: JSON,
        isRequired: Bool,
        about: String? = nil,
        isAnswer: Bool = false
    ) throws -> ReferencePage.Row {
        let resolved = try reader.resolved(schema)
        let type = try type(of: schema)
        let choices = (resolved["enum"]?.array ?? resolved["const"].map { [$0] } ?? []).compactMap(\.string)
        return ReferencePage.Row(
            name: name,
            type: type.name + (isAnswer && admitsNull(resolved) ? " or null" : ""),
            typeAnchor: type.anchor,
            isRequired: isRequired,
            about: ReferencePage.spans(about ?? resolved["description"]?.string ?? ""),
            choices: choices,
            limits: isAnswer ? [] : limits(of: resolved)
        )
    }

    private func type(of schema: JSON) throws -> (name: String, anchor: String?) {
        if let name = objectName(schema) { return (name, "object-\(name)") }
        let schema = try reader.resolved(schema)
        if let items = schema["items"] {
            let item = try type(of: items)
            return (item.name + "[]", item.anchor)
        }
        if let format = schema["format"]?.string { return (format, nil) }
        let names = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string].compactMap { $0 }
        if let name = names.first(where: { $0 != "null" }) { return (name, nil) }
        return try variants(of: schema).first.map { try type(of: $0) } ?? ("string", nil)
    }

    /// The name of a schema that is explained by itself.
    private func objectName(_ schema: JSON) -> String? {
        schema["$ref"]?.string?.split(separator: "/").last.map(String.init).flatMap { reader.isObject($0) ? $0 : nil }
    }

    /// What a schema may be instead, apart from null and from rules on which fields go together.
    private func variants(of schema: JSON) throws -> [JSON] {
        try (schema["oneOf"] ?? schema["anyOf"])?.array?.map(reader.resolved).filter { $0["type"]?.string == "object" }
            ?? []
    }

    private func admitsNull(_ schema: JSON) -> Bool {
        schema["type"]?.array?.contains("null") == true || schema["oneOf"]?.array?.contains(["type": "null"]) == true
    }
}

extension ReferenceSchemas {
    /// What a value must keep to, in words.
    private func limits(of schema: JSON) -> [String] {
        var limits: [String] = []
        if let range = range(schema, "minimum", "maximum") { limits.append(range) }
        if let range = range(schema, "minLength", "maxLength") { limits.append("\(range) characters") }
        if let range = range(schema, "minItems", "maxItems") { limits.append("\(range) items") }
        // A long pattern is for programs; the description says it in words.
        if let pattern = schema["pattern"]?.string, pattern.count <= 40 { limits.append("matches \(pattern)") }
        if let standard = schema["default"], !standard.isNull {
            limits.append("default \(standard.string ?? standard.text)")
        }
        return limits
    }

    private func range(_ schema: JSON, _ lower: String, _ upper: String) -> String? {
        switch (schema[lower]?.integer, schema[upper]?.integer) {
        case (let low?, let high?) where high < Int64(Int32.max): "\(low) to \(high)"
        case (let low?, _): "\(low) or more"
        case (nil, let high?): "at most \(high)"
        case (nil, nil): nil
        }
    }
}
