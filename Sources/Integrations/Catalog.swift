internal import Dispatch
public import Foundation
internal import Synchronization

/// All integrations that can be connected, by name.
public struct Catalog: Sendable {
    public let integrations: [Integration]
    private let byName: [String: Integration]

    public init(_ integrations: [Integration]) {
        self.integrations = integrations.sorted { $0.name < $1.name }
        byName = Dictionary(integrations.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    public subscript(name: String) -> Integration? { byName[name] }

    /// The directory of the definitions that come with the product.
    public static var builtInDirectory: URL {
        Bundle.module.bundleURL.appendingPathComponent("Catalog", isDirectory: true)
    }

    /// Reads the built-in definitions, `additional` ones, and then the operator's, which replace those of the same name.
    ///
    /// `variables` are the operator's values for placeholders such as `{sandbox}`; a definition that needs one
    /// without a value is left out, unless it is the operator's. Throws `CatalogError` with every fault found.
    public static func load(
        builtIn: URL = Catalog.builtInDirectory,
        additional: [URL] = [],
        operatorDirectory: URL? = nil,
        variables: [String: String] = [:]
    ) throws -> Catalog {
        var faults: [DefinitionError] = []
        var integrations: [String: Integration] = [:]
        let ours = ([builtIn] + additional).map { (directory: $0, isBuiltIn: true) }
        let theirs = [operatorDirectory].compactMap(\.self).map { (directory: $0, isBuiltIn: false) }
        var definitions: [(file: String, text: String)] = []
        for (directory, isBuiltIn) in ours + theirs {
            for file in try files(in: directory) {
                let text = substitute(variables, in: try String(contentsOf: file, encoding: .utf8))
                let lacksValue = operatorVariables.contains { text.utf8.firstRange(of: "{\($0)}".utf8) != nil }
                guard !isBuiltIn || !lacksValue else { continue }
                definitions.append((isBuiltIn ? file.lastPathComponent : file.path, text))
            }
        }
        for result in read(definitions) {
            switch result {
            case .success(let integration): integrations[integration.name] = integration
            case .failure(let fault): faults.append(fault)
            }
        }
        faults += IssuerCheck.faults(in: Array(integrations.values))
        guard faults.isEmpty else { throw CatalogError(faults: faults) }
        return Catalog(Array(integrations.values))
    }

    /// What comes of each, in their order; read on all cores, as this is most of what a start takes.
    private static func read(_ definitions: [(file: String, text: String)]) -> [Result<Integration, DefinitionError>] {
        let results = Mutex([Result<Integration, DefinitionError>?](repeating: nil, count: definitions.count))
        DispatchQueue.concurrentPerform(iterations: definitions.count) { index in
            let definition = definitions[index]
            let result = Result { () throws(DefinitionError) in
                try DefinitionReader.integration(yaml: definition.text, file: definition.file)
            }
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// The variables that an operator may set.
    private static let operatorVariables = ["sandbox"]

    private static func substitute(_ variables: [String: String], in text: String) -> String {
        variables.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    private static func files(in directory: URL) throws -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "yaml" }
                .sorted { $0.path < $1.path }
        } catch {
            throw CatalogError(faults: [
                DefinitionError(file: directory.path, line: nil, field: "", problem: "the directory cannot be read")
            ])
        }
    }
}

/// Every definition that could not be read.
public struct CatalogError: Error, CustomStringConvertible {
    public let faults: [DefinitionError]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
