public import Foundation
public import OAuth
internal import Yams

/// An OAuth app of the operator's that serves every organization.
public struct PlatformApp: Sendable {
    public let integrationName: String
    public let client: ClientCredentials
    /// Instead of the definition's scopes.
    public let scopes: [String]?
    /// Added to the authorization request.
    public let extraParameters: [String: String]

    public init(
        integrationName: String,
        client: ClientCredentials,
        scopes: [String]? = nil,
        extraParameters: [String: String] = [:]
    ) {
        self.integrationName = integrationName
        self.client = client
        self.scopes = scopes
        self.extraParameters = extraParameters
    }

    /// Reads `[{integrationName, clientId, clientSecret, scopes?, extraParams?}]`; throws `DefinitionError`.
    public static func load(from file: URL, catalog: Catalog) throws -> [PlatformApp] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw DefinitionError(file: file.path, line: nil, field: "", problem: "the file cannot be read")
        }
        var apps: [PlatformApp] = []
        for place in try DefinitionReader.root(yaml: text, file: file.path).list() {
            let app = try app(place, catalog: catalog)
            guard !apps.contains(where: { $0.integrationName == app.integrationName }) else {
                throw place.error("a second app for \(app.integrationName)")
            }
            apps.append(app)
        }
        return apps
    }

    private static func app(_ place: DefinitionNode, catalog: Catalog) throws -> PlatformApp {
        let mapping = try place.mapping("integrationName", "clientId", "clientSecret", "scopes", "extraParams")
        let name = try mapping.required("integrationName")
        guard try catalog[name.text()]?.auth.contains(where: { $0.oauth != nil }) == true else {
            throw name.error("is no integration with OAuth 2.0")
        }
        let extra = try mapping.dictionary("extraParams")
        let taken = try catalog[name.text()]?.reservedParameters ?? []
        for reserved in extra.keys.sorted() where taken.contains(reserved) {
            throw try mapping.required("extraParams").error(
                "\(reserved) is set by the protocol and cannot be overridden"
            )
        }
        for needed in try catalog[name.text()]?.appParameters ?? [] where extra[needed]?.isEmpty ?? true {
            throw (mapping["extraParams"] ?? place).error("\(needed) is missing, which \(try name.text()) needs")
        }
        return PlatformApp(
            integrationName: try name.text(),
            client: ClientCredentials(
                id: try mapping.text("clientId"),
                secret: try mapping.optionalText("clientSecret").map { Secret($0) }
            ),
            scopes: mapping["scopes"] == nil ? nil : try mapping.texts("scopes"),
            extraParameters: extra
        )
    }
}
