import ArgumentParser
import Foundation

/// Ends a command with one line for the operator.
struct Failure: Error {
    let message: String
    let code: ExitCode

    /// A setting is wrong: exit code 78 (`EX_CONFIG`).
    static func configuration(_ message: String) -> Failure { Failure(message: message, code: ExitCode(78)) }

    /// Anything else: exit code 1.
    static func failed(_ message: String) -> Failure { Failure(message: message, code: .failure) }
}

/// Runs a command's work; whatever it throws becomes one line on stderr and the exit code.
func reportingFailure(_ work: () async throws -> Void) async throws {
    do { try await work() } catch {
        let failure = Failure(describing: error)
        try? FileHandle.standardError.write(contentsOf: Data("connect-portal: \(failure.message)\n".utf8))
        throw failure.code
    }
}
