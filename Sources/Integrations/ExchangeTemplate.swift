public import OAuth

/// An exchange of one token for another outside the RFC's grants: by GET or by a form, with parameters of its own.
public struct ExchangeTemplate: Sendable {
    public let method: String
    public let url: Template
    public let parameters: [(name: String, value: Template)]
    /// Where the members of its answer are, if not where the token endpoint has them.
    public let tokenResponse: TokenResponseFormat?
    public let allowedHosts: [String]

    /// Everything that is filled from values.
    var templates: [Template] { [url] + parameters.map(\.value) }

    /// The request for these values; throws `TemplateError`.
    public func message(with values: [String: String]) throws(TemplateError) -> HTTPRequestMessage {
        var filled = FormParameters()
        for parameter in parameters { filled.append(parameter.name, try parameter.value.filled(with: values)) }
        let address = try url.address(with: values, allowedHosts: allowedHosts)
        let accept = (name: "Accept", value: "application/json")
        guard method == "POST" else {
            let url = WebAddress(address)?.adding(filled) ?? address
            return HTTPRequestMessage(method: method, url: url, headers: [accept])
        }
        return HTTPRequestMessage(
            method: method,
            url: address,
            headers: [accept, ("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(filled.encoded.utf8)
        )
    }
}
