import StrictJSON

extension SandboxClient {
    /// Without the secret.
    var json: JSON {
        [
            "id": .string(id),
            "name": .string(name),
            "redirectUris": JSON(redirectURIs),
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
            default: throw SwitchError(name: member.name, problem: "is not known")
            }
        }
        self = changed
    }
}
