import Configuration
import Foundation
import SystemPackage

/// Where settings come from: the environment, then the file that `PORTAL_CONFIG` names.
struct SettingSource {
    private let config: ConfigReader

    /// Throws `Failure` for a file that cannot be read and for a name that is no setting.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) async throws {
        try Self.refuseUnknown(environment.keys)
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
        if let path = environment[SettingName.configFile.rawValue], !path.isEmpty {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Failure.configuration("\(SettingName.configFile.rawValue): the file \(path) cannot be read")
            }
            let names = text.split(whereSeparator: \.isNewline).compactMap {
                $0.split(separator: "=").first.map { $0.trimmingCharacters(in: .whitespaces) }
            }
            try Self.refuseUnknown(names)
            // It is needed before there are settings.
            guard !names.contains(SettingName.debugging.rawValue) else {
                throw Failure.configuration("\(SettingName.debugging.rawValue) is read from the environment alone")
            }
            providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path)))
        }
        config = ConfigReader(providers: providers)
    }

    /// A misspelt name would otherwise be a setting silently not made.
    private static func refuseUnknown(_ names: some Sequence<String>) throws {
        let unknown = names.map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            $0.hasPrefix("PORTAL_") && SettingName(rawValue: $0) == nil
        }
        guard let name = unknown.min() else { return }
        throw Failure.configuration("\(name) is no setting; `connect-portal help settings` lists them")
    }

    /// The value, or nothing where it is not set or empty.
    func text(_ name: SettingName) -> String? {
        let key = ConfigKey(name.rawValue.lowercased().split(separator: "_").map(String.init))
        return config.string(forKey: key, isSecret: name.isSecret).flatMap { $0.isEmpty ? nil : $0 }
    }

    func number(_ name: SettingName, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice(_ name: SettingName, of choices: [String]) throws -> String? {
        guard let text = text(name) else { return nil }
        guard choices.contains(text) else { throw fault(name, "must be one of \(choices.joined(separator: ", "))") }
        return text
    }

    /// A directory that came with the program: as set, else beside the program, else in the package.
    func directory(_ name: SettingName, named standard: String) throws -> String {
        if let set = text(name) {
            guard Self.isDirectory(set) else { throw fault(name, "is not a directory: \(set)") }
            return set
        }
        var place = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .resolvingSymlinksInPath()
        while place.path != "/" {
            place.deleteLastPathComponent()
            let candidate = place.appendingPathComponent(standard).path
            if Self.isDirectory(candidate) { return candidate }
        }
        throw fault(name, "is not set, and there is no directory \(standard) beside the program")
    }

    func fault(_ name: SettingName, _ problem: String) -> Failure { .configuration("\(name.rawValue) \(problem)") }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
