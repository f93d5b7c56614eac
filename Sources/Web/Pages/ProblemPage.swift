internal import Connect
internal import HTTPTypes
internal import Hummingbird

/// A friendly page for what cannot go on.
struct ProblemPage: Sendable {
    let lang = "en"
    let title: String
    let style: String
    let script: String
    let appName: String
    let heading: String
    let message: String
    let nextStep: String?
    let supportCode: String?
}

/// A refusal that a person reads.
struct PageError: Error {
    struct Problem {
        var heading: String
        var message: String
        var nextStep: String?
    }

    let status: HTTPResponse.Status
    let problem: Problem

    init(_ status: HTTPResponse.Status, heading: String, message: String, nextStep: String?) {
        self.status = status
        problem = Problem(heading: heading, message: message, nextStep: nextStep)
    }
}

extension PageError {
    /// The link is forged, incomplete, expired or used up; which of these, a stranger is not told.
    static let deadLink = PageError(
        .gone,
        heading: "This link does not work any more",
        message: "It has expired, was used already, or is incomplete.",
        nextStep: "Go back to the app you came from and start again. It will give you a fresh link."
    )

    static let otherBrowser = PageError(
        .conflict,
        heading: "This link was opened in another browser",
        message: "For your safety a connection can be finished only where it was started.",
        nextStep: "Continue in the other browser, or go back to the app you came from and start again."
    )

    static let foreignForm = PageError(
        .forbidden,
        heading: "This request did not come from our page",
        message: "It was sent by another website, or your browser left out where it came from.",
        nextStep: "Go back to the app you came from and start again."
    )
}

extension PageError.Problem {
    /// What the domain refused, in words for a person.
    init(_ error: PortalError) {
        switch error.code {
        case .notFound:
            self.init(
                heading: "There is nothing here",
                message: error.message + ".",
                nextStep: "Go back to the app you came from."
            )
        case .unavailable, .internalError:
            self.init(
                heading: "That did not work",
                message: error.message + ".",
                nextStep: "Please try again in a moment."
            )
        case .invalidToken: self = PageError.deadLink.problem
        case .forbidden: self = PageError.otherBrowser.problem
        default:
            self.init(
                heading: "That did not work",
                message: error.message + ".",
                nextStep: "Go back to the app you came from and start again."
            )
        }
    }
}

extension Pages {
    func problem(_ problem: PageError.Problem, status: HTTPResponse.Status, requestID: String) -> Response {
        response(
            ProblemPage(
                title: problem.heading,
                style: shell.style,
                script: shell.script,
                appName: shell.appName,
                heading: problem.heading,
                message: problem.message,
                nextStep: problem.nextStep,
                supportCode: requestID
            ),
            template: "problem",
            status: status
        )
    }
}
