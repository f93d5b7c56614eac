/// What goes wrong at one endpoint of a client's provider, and how often; nothing by default.
public struct Faults: Sendable, Equatable {
    public init() {}

    public var endpoint = Endpoint.token
    /// How many requests are hit before all is well again; `nil` for every one.
    public var times: Int?
    /// Spares each second request, so that trying again helps.
    public var everyOther = false
    /// Seconds before the answer.
    public var delay = 0.0
    /// The request takes effect first (a refresh token rotates) and only its answer suffers.
    public var afterProcessing = false
    public var failure = Failure.none

    /// The answer that `Failure.response` gives.
    public var status = 500
    public var headers: [String: String] = [:]
    public var body = ""

    /// Where a fault can strike, and what the request log tells apart.
    public enum Endpoint: String, Sendable, CaseIterable {
        case authorize, par, token, exchange, revoke, introspect, userinfo, whoami, sites
        /// These two are asked without a client, so they are counted only.
        case metadata, jwks
    }

    /// The kind of failure.
    public enum Failure: String, Sendable, CaseIterable {
        case none
        /// Answers with `status`, `headers` and `body` instead.
        case response
        /// Reads the request and never answers.
        case hang
        /// Reads the request and closes the connection.
        case drop
        /// Answers 200 and sends one space a second.
        case trickle
        /// Answers 200 and never stops sending.
        case endless
        /// Answers 200 with 16 MiB of header fields.
        case hugeHeader
    }

    var isOn: Bool { times != 0 && (failure != .none || delay > 0) }
}

// MARK: Frequent faults

extension Faults {
    public static func response(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> Faults {
        var faults = Faults()
        faults.failure = .response
        faults.status = status
        faults.headers = headers
        faults.body = body
        return faults
    }

    public static func failure(_ failure: Failure) -> Faults {
        var faults = Faults()
        faults.failure = failure
        return faults
    }

    public static func delay(seconds: Double) -> Faults {
        var faults = Faults()
        faults.delay = seconds
        return faults
    }

    public static let html500 = response(500, "<html>Internal error</html>", headers: ["Content-Type": "text/html"])
    public static let html200 = response(200, "<html>Welcome</html>", headers: ["Content-Type": "text/html"])
    public static let empty400 = response(400)
    public static let invalidGrant = response(400, #"{"error":"invalid_grant"}"#)
    public static let invalidClient = response(401, #"{"error":"invalid_client"}"#)

    public static func tooManyRequests(retryAfter seconds: Int) -> Faults {
        response(429, #"{"error":"slow_down"}"#, headers: ["Retry-After": String(seconds)])
    }

    public func times(_ times: Int) -> Faults {
        var faults = self
        faults.times = times
        return faults
    }

    public func alternating() -> Faults {
        var faults = self
        faults.everyOther = true
        return faults
    }

    public func at(_ endpoint: Endpoint) -> Faults {
        var faults = self
        faults.endpoint = endpoint
        return faults
    }

    public func afterEffect() -> Faults {
        var faults = self
        faults.afterProcessing = true
        return faults
    }
}
