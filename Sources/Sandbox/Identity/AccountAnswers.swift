import Hummingbird
import StrictJSON

extension AccountQuirks.RequestKind {
    /// Whether a request is written this way; GraphQL over HTTP has its query in a JSON body.
    func fits(_ request: Request, body: String) -> Bool {
        switch self {
        case .get: return request.method == .get
        case .post: return request.method == .post
        case .graphQL:
            let isJSON = request.headers[.contentType]?.hasPrefix("application/json") ?? false
            let query = (try? JSON.parse(body))?["query"]?.string
            return request.method == .post && isJSON && query?.contains("{") == true
        }
    }
}

extension AccountQuirks.Refusal {
    var answer: Response {
        switch self {
        case .unauthorized: Sandbox.refuseToken()
        case .badRequest: .json(["error": "invalid_token"], status: .badRequest)
        case .forbidden: .json(["error": "invalid_token"], status: .forbidden)
        case .notOK: .json(["ok": false, "error": "invalid_auth"])
        case .errorList: .json(["errors": [["message": "not authenticated"]], "data": .null])
        case .inactive: .json(["active": false])
        }
    }
}
