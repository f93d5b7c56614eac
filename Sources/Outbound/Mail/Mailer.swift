public import Logging
public import ServiceLifecycle

/// Hands messages to the operator's mail server.
///
/// It has a curl thread of its own: after the content of a message libcurl waits for the server's replies without
/// letting go of the thread, and a server may take seconds over them. HTTP exchanges must not wait for that.
public struct Mailer: Service {
    private let client: OutboundClient
    private let server: MailServer
    private let helloName: String

    /// Starts the curl thread.
    ///
    /// - Parameters:
    ///   - server: Where every message goes, be its address public or private.
    ///   - helloName: How the portal introduces itself (RFC 5321 §4.1.1.1).
    ///   - caFile: PEM file with the only certificates to trust; the system's when nil.
    ///   - logger: Hears of failures: the host and the reason, never an address or the message.
    /// - Throws: As `OutboundClient` does.
    public init(
        server: MailServer,
        helloName: String,
        caFile: String? = nil,
        logger: Logger = Logger(label: "mail")
    ) throws(TransportError) {
        self.server = server
        self.helloName = helloName
        client = try OutboundClient(
            policy: AddressPolicy(),
            caFile: caFile,
            maxConnectionsPerHost: 4,
            maxConnections: 4,
            maxQueued: 256,
            logger: logger
        )
    }

    /// Returns once the server has taken responsibility for the message (RFC 5321 §4.2.5).
    public func send(_ mail: OutboundMail) async throws(MailFailure) {
        let reply: OutboundResponse
        do throws(TransportError) {
            reply = try await client.perform(Job(mail, to: server, helloName: helloName))
        } catch { throw .transport(error) }
        guard reply.status < 400 else { throw .refused(replyCode: reply.status) }
    }

    /// Runs until the service group shuts down.
    public func run() async { await client.run() }

    /// Ends the thread.
    public func shutDown() async { await client.shutDown() }
}

/// Why a mail server has not taken a message.
public enum MailFailure: Error, Equatable, Sendable {
    /// It said no, to the credentials, to an address or to the content (RFC 5321 §4.2).
    case refused(replyCode: Int)
    case transport(TransportError)
}
