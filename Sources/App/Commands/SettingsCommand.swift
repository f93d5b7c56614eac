import ArgumentParser

/// `connect-portal help settings`: every setting with its default.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "List the settings with their defaults.",
        discussion: list
    )

    func run() { print(Self.list) }

    private static let list = SettingName.allCases
        .map { "\($0.rawValue)\n    \($0.meaning)\n    default: \($0.standard)" }
        .joined(separator: "\n\n")
}
