import Foundation
import HTTPTypes
import StrictJSON

/// The requests seen, so that a test can count them; the oldest make room after a while.
struct RequestLog: Sendable {
    static let limit = 10_000

    struct Entry: Sendable {
        let number: Int
        let at: Date
        let endpoint: Faults.Endpoint
        let method: HTTPRequest.Method
        let clientID: String?
        let authentication: String?
        let parameters: FormParameters
    }

    private(set) var entries: [Entry] = []
    private(set) var totals: [Faults.Endpoint: Int] = [:]
    private var count = 0

    mutating func append(
        at date: Date,
        _ endpoint: Faults.Endpoint,
        method: HTTPRequest.Method,
        clientID: String?,
        authentication: String?,
        parameters: FormParameters
    ) {
        count += 1
        totals[endpoint, default: 0] += 1
        if entries.count == Self.limit { entries.removeFirst(Self.limit / 2) }
        entries.append(
            Entry(
                number: count,
                at: date,
                endpoint: endpoint,
                method: method,
                clientID: clientID,
                authentication: authentication,
                parameters: parameters
            )
        )
    }
}

extension Sandbox {
    /// Takes down a request.
    func note(
        _ endpoint: Faults.Endpoint,
        method: HTTPRequest.Method,
        clientID: String?,
        authentication: String? = nil,
        parameters: FormParameters
    ) {
        withState { state in
            state.requests.append(
                at: now(),
                endpoint,
                method: method,
                clientID: clientID,
                authentication: authentication,
                parameters: parameters
            )
        }
    }
}

extension RequestLog.Entry {
    var json: JSON {
        var values = JSON.Object()
        for pair in parameters.pairs { values[pair.name] = .string(pair.value) }
        return [
            "number": JSON(number),
            "at": .double(at.timeIntervalSince1970),
            "endpoint": .string(endpoint.rawValue),
            "method": .string(method.rawValue),
            "clientId": JSON(clientID),
            "authentication": JSON(authentication),
            "parameters": .object(values),
        ]
    }
}
