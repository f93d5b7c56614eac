internal import Connect
internal import HTTPTypes
internal import Hummingbird
internal import Storage
internal import Views

/// A friendly page for what cannot go on.
struct ProblemPage {
    let view: View

    init(_ problem: Problem, requestID: String, shell: Pages.Shell) {
        let key = "problem.\(problem.kind.rawValue)"
        view = shell.page(
            title: shell.text("\(key).title", problem.names),
            [
                "heading": .html(shell.html("\(key).title", problem.names)),
                "message": .html(shell.html("\(key).message", problem.names)),
                "nextStep": .html(shell.html("\(key).next", problem.names)),
                "supportCode": .text(requestID),
            ]
        )
    }
}

/// What a person is told who cannot go on.
struct Problem: Sendable {
    enum Kind: String, CaseIterable {
        /// The link is forged, incomplete, expired or used up; which of these, a stranger is not told.
        case deadLink
        case otherBrowser
        case foreignForm
        /// The page was asked for under another address than the public one.
        case elsewhere
        case nothingHere
        case tooMany
        case unavailable
        case refused
    }

    let kind: Kind
    var names: [String: String] = [:]

    init(_ kind: Kind, names: [String: String] = [:]) {
        self.kind = kind
        self.names = names
    }

    /// What the domain refused, for a person.
    init(_ error: PortalError) {
        let kind: Kind =
            switch error.code {
            case .invalidToken: .deadLink
            case .forbidden: .otherBrowser
            case .notFound: .nothingHere
            case .rateLimitExceeded, .quotaExceeded: .tooMany
            case .unavailable, .internalError: .unavailable
            default: .refused
            }
        self.init(kind)
    }
}

/// A refusal that a person reads.
struct PageError: Error {
    let status: HTTPResponse.Status
    let problem: Problem
    /// Where the session is known.
    private(set) var branding: Branding?

    init(_ status: HTTPResponse.Status, _ kind: Problem.Kind, names: [String: String] = [:]) {
        self.status = status
        problem = Problem(kind, names: names)
    }

    func with(_ branding: Branding?) -> PageError {
        var error = self
        error.branding = branding
        return error
    }

    static let deadLink = PageError(.gone, .deadLink)
    static let otherBrowser = PageError(.conflict, .otherBrowser)
    static let foreignForm = PageError(.forbidden, .foreignForm)
}

extension Pages {
    func problem(
        _ problem: Problem,
        status: HTTPResponse.Status,
        _ request: Request,
        requestID: String,
        branding: Branding? = nil,
        headers: HTTPFields = [:]
    ) -> Response {
        response(
            ProblemPage(problem, requestID: requestID, shell: shell(for: request, branding: branding)).view,
            template: .problem,
            status: status,
            headers: headers
        )
    }
}
