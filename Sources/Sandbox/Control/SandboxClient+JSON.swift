import StrictJSON

extension SandboxClient {
    /// Without the secret.
    var json: JSON {
        [
            "id": .string(id),
            "name": .string(name),
            "redirectUris": JSON(redirectURIs),
            "jwks": ["keys": .array(publicKeys)],
            "quirks": quirks.json,
            "faults": faults.json,
        ]
    }

    /// Sets the switches named in `patch`, or none.
    mutating func apply(_ patch: JSON) throws(SwitchError) {
        guard let object = patch.object else { throw SwitchError(name: "the body", problem: "must be an object") }
        var changed = self
        for member in object.members {
            switch member.name {
            case "quirks": try changed.quirks.apply(member.value, named: member.name)
            case "faults": try changed.faults.apply(member.value, named: member.name)
            case "jwks": changed.publicKeys = try Self.keys(of: member.value)
            default: throw SwitchError(name: member.name, problem: "is not known")
            }
        }
        self = changed
    }

    /// Those of a key set (RFC 7517 §5), each of which must be one that assertions can be checked with.
    private static func keys(of set: JSON) throws(SwitchError) -> [JSON] {
        guard let keys = set["keys"]?.array, keys.allSatisfy({ VerificationKey($0) != nil }) else {
            throw SwitchError(name: "jwks", problem: "must be a set of public keys: RSA, P-256 or Ed25519")
        }
        return keys
    }
}
