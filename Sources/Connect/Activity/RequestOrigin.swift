/// Which request is being answered, for the audit log; travels with the task.
public struct RequestOrigin: Sendable {
    public let requestID: String
    /// The client's address, as far as it is known.
    public let address: String?

    public init(requestID: String, address: String?) {
        self.requestID = requestID
        self.address = address
    }

    @TaskLocal public static var current: RequestOrigin?
}
