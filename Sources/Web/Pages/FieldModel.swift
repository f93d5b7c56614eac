internal import Integrations
internal import Views

/// One input of a form.
struct FieldModel {
    let view: View

    /// The models of a form's fields; the first one that was refused gets the focus.
    static func all(_ fields: [Field], _ attempt: ConnectPage.Attempt, _ shell: Pages.Shell) -> [FieldModel] {
        let firstFault = fields.first { attempt.faults[$0.key] != nil }?.key
        return fields.map { field in
            FieldModel(
                field,
                value: field.type.mayHoldSecret ? nil : attempt.typed[field.key] ?? field.defaultValue,
                error: attempt.faults[field.key].map { fault in
                    shell.text(
                        "field.\(fault.reason.rawValue)",
                        ["label": shell.label(fault.label), "example": fault.example ?? ""]
                    )
                },
                label: shell.label(field.label),
                showLabel: shell.text("showSecret", ["label": shell.label(field.label)]),
                autofocus: field.key == firstFault
            )
        }
    }

    private init(
        _ field: Field,
        value: String?,
        error: String?,
        label: String,
        showLabel: String,
        autofocus: Bool
    ) {
        // The server also takes what people paste around a value; the browser's own check would refuse it.
        let isChecked = field.type != .secret && field.prefix == nil && field.suffix == nil
        let options = field.options.map { option -> View in
            ["value": .text(option.value), "label": .text(option.label), "selected": .flag(option.value == value)]
        }
        view = [
            "key": .text(field.key),
            "id": .text("field-\(field.key)"),
            "label": .text(label),
            "help": .text(field.help),
            "placeholder": .text(field.placeholder),
            "value": .text(value),
            "error": .text(error),
            "showLabel": .text(showLabel),
            "required": .flag(field.required),
            "prefix": .text(field.prefix),
            "suffix": .text(field.suffix),
            "pattern": .text(isChecked ? field.pattern : nil),
            "isText": .flag(field.type == .text),
            "isSecret": .flag(field.type == .secret),
            "isMultiline": .flag(field.type == .multiline),
            "isSelect": .flag(field.type == .select),
            "isCheckbox": .flag(field.type == .checkbox),
            "isNumber": .flag(field.type == .number),
            "isURL": .flag(field.type == .url),
            "checked": .flag(value == "true" || value == "on"),
            "autofocus": .flag(autofocus),
            "options": .list(options),
        ]
    }
}
