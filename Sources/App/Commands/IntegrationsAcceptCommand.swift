import ArgumentParser
import Connect
import Foundation
import Integrations
import StrictJSON

extension IntegrationsCommand {
    /// `connect-portal integrations accept NAME`: take over what issuers say of themselves now.
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take over changed metadata of a discovered provider, after showing the changes.",
            discussion: """
                Until then the portal uses the endpoints that the provider named when it was first asked. Connections \
                keep the endpoints that they were made with.
                """
        )

        @Argument(help: "The integration's name, as `connect-portal integrations list` has it.") var name: String

        @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false

        func run() async throws {
            try await reportingFailure {
                let reviews = try await ControlSocket.perform(IssuerAction.self, "review", argument: name)
                var changed: [JSON] = []
                for review in reviews["issuers"]?.array ?? [] {
                    Announcement.say(Self.text(review))
                    if review["changes"]?.array?.isEmpty == false { changed.append(review) }
                }
                guard !changed.isEmpty else { return Announcement.say("There is nothing to take over.") }
                guard try yes || Self.isAgreed() else { return Announcement.say("Nothing was changed.") }
                for review in changed {
                    let argument = "\(review["fingerprint"]?.string ?? "") \(review["issuer"]?.string ?? "")"
                    _ = try await ControlSocket.perform(IssuerAction.self, "accept", argument: argument)
                    Announcement.say("took over what \(review["issuer"]?.string ?? "") says of itself")
                }
            }
        }

        private static func text(_ review: JSON) -> String {
            let issuer = review["issuer"]?.string ?? ""
            if let problem = review["problem"]?.string { return "\(issuer) cannot be asked: \(problem)" }
            let changes = review["changes"]?.array?.compactMap(\.string) ?? []
            guard !changes.isEmpty else { return "\(issuer): unchanged" }
            return "\(issuer):\n" + changes.map { "  \($0)" }.joined(separator: "\n")
        }

        /// Asks at the terminal; whoever has none must have said it before.
        private static func isAgreed() throws -> Bool {
            guard isatty(STDIN_FILENO) == 1 else { throw Failure.failed("say --yes to take the changes over") }
            print("Take over? [y/N] ", terminator: "")
            return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
        }
    }
}

/// What `integrations accept` asks for.
enum IssuerAction: ControlAction {
    static let path = "issuers"
    static let timeout = Duration.seconds(120)

    /// `review` takes the integration's name; `accept` a fingerprint that a review told, and the issuer.
    static func run(_ action: String, argument: String, portal: Portal) async throws -> JSON {
        switch action {
        case "review":
            let reviews = try await portal.reviewIssuers(of: portal.catalog.require(argument))
            return ["issuers": .array(reviews.map(describe))]
        case "accept":
            let halves = argument.split(separator: " ", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { return ["error": "there is nothing to accept"] }
            try await portal.acceptIssuer(halves[1], as: halves[0])
            return [:]
        default: return ["error": "there is no such action"]
        }
    }

    private static func describe(_ review: IssuerReview) -> JSON {
        [
            "issuer": .string(review.issuer),
            "fingerprint": JSON(review.fingerprint),
            "changes": JSON(review.changes.map(\.sentence)),
            "problem": JSON(review.problem.isEmpty ? nil : review.problem),
        ]
    }
}
