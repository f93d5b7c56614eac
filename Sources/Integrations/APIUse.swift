/// How a caller uses a credential at the provider's API: for documentation, the portal itself does not call it.
public struct APIUse: Sendable {
    public let baseURL: String
    /// User name and password of HTTP Basic, as templates.
    public let basic: (username: String, password: String)?
    public let headers: [(name: String, value: String)]

    var templates: [Template] {
        ([baseURL] + headers.map(\.value) + [basic?.username, basic?.password].compactMap(\.self)).map(Template.init)
    }
}
