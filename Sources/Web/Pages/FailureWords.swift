internal import Connect
internal import Integrations
internal import Storage
internal import Views

/// A failure as a person reads it: what it is, what happened, what to do.
struct FailureWords {
    let title: HTML
    let message: HTML
    let next: HTML

    init(_ code: FailureCode, _ integration: Integration, _ shell: Pages.Shell) {
        let names = ["provider": integration.displayName]
        title = shell.html("failure.\(code.rawValue).title", names)
        message = shell.html("failure.\(code.rawValue).message", names)
        next = shell.html("failure.\(code.rawValue).next", names)
    }
}

extension ConnectSession {
    /// What went wrong last, if anything did.
    var failure: FailureCode? { errorCode.map { FailureCode(rawValue: $0) ?? .providerError } }
}
