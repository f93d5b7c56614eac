internal import Integrations

/// One input of a form.
struct FieldModel: Sendable {
    let key: String
    let id: String
    let label: String
    let help: String?
    let placeholder: String?
    let value: String?
    let error: String?
    let showLabel: String
    let required: Bool
    let prefix: String?
    let suffix: String?
    let pattern: String?
    let isText: Bool
    let isSecret: Bool
    let isMultiline: Bool
    let isSelect: Bool
    let isCheckbox: Bool
    let isNumber: Bool
    let isURL: Bool
    let checked: Bool
    let autofocus: Bool
    let options: [Option]

    struct Option: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

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
        key = field.key
        id = "field-\(field.key)"
        self.label = label
        help = field.help
        placeholder = field.placeholder
        self.value = value
        self.error = error
        self.showLabel = showLabel
        required = field.required
        prefix = field.prefix
        suffix = field.suffix
        // The server also takes what people paste around a value; the browser's own check would refuse it.
        pattern = field.type == .secret || field.prefix != nil || field.suffix != nil ? nil : field.pattern
        isText = field.type == .text
        isSecret = field.type == .secret
        isMultiline = field.type == .multiline
        isSelect = field.type == .select
        isCheckbox = field.type == .checkbox
        isNumber = field.type == .number
        isURL = field.type == .url
        checked = value == "true" || value == "on"
        self.autofocus = autofocus
        options = field.options.map { Option(value: $0.value, label: $0.label, selected: $0.value == value) }
    }
}
