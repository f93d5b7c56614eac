import Hummingbird
import StrictJSON

/// The provider's public keys (RFC 7517).
extension Sandbox {
    /// A key set is asked for without a client, so its oddities are there as soon as one client has them.
    func keySet() -> Response {
        note(.jwks, method: .get, clientID: nil, parameters: FormParameters())
        let flaws = withState { state in Set(state.clients.values.map(\.quirks.idToken)) }
        let keys = try? withKeys { keys in
            try keys.publicKeys(withIdleOnes: flaws.contains(.keyAbsentIDWithSeveralKeys))
        }
        guard let keys else { return Response(status: .internalServerError) }
        return .json(["keys": .array((flaws.contains(.strangeKeyFirst) ? [Self.strangeKey] : []) + keys)])
    }

    /// Signs with other keys from now on.
    public func rotateKeys(keepingOld: Bool = true) { withKeys { $0.rotate(keepingOld: keepingOld) } }

    /// As the keys of ML-DSA are written; this one is none.
    private static let strangeKey: JSON = [
        "kty": "AKP", "alg": "ML-DSA-44", "use": "sig", "kid": "strange", "pub": "AAAA",
    ]
}
