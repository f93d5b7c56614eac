import StrictJSON

/// One member of a settings value as the control API sees it: its name, how to read it and how to set it.
struct Switch<Settings>: Sendable {
    let name: String
    /// What can be set, as in "must be …".
    let expected: String
    /// The switches inside, if this is a group of them.
    var members: [SwitchDescription] = []
    let read: @Sendable (Settings) -> JSON
    let write: @Sendable (inout Settings, JSON) throws(SwitchError) -> Void
}

/// What people are told about a switch.
struct SwitchDescription: Sendable {
    /// With the names of its groups before it.
    let name: String
    let expected: String
    let initial: String
}

/// Why a member of a control request was refused.
struct SwitchError: Error, Equatable {
    let name: String
    let problem: String
}

/// A settings value whose members the control API can read and set by name.
protocol Switchable: Sendable {
    static var switches: [Switch<Self>] { get }
    init()
}

extension Switchable {
    var json: JSON {
        var object = JSON.Object()
        for member in Self.switches { object[member.name] = member.read(self) }
        return .object(object)
    }

    static var descriptions: [SwitchDescription] {
        switches.flatMap { member in
            if member.members.isEmpty {
                let initial = member.read(Self()).text
                return [SwitchDescription(name: member.name, expected: member.expected, initial: initial)]
            }
            return member.members.map {
                SwitchDescription(name: "\(member.name).\($0.name)", expected: $0.expected, initial: $0.initial)
            }
        }
    }

    /// Sets the members named in `patch`, or none; `null` sets all to their defaults.
    mutating func apply(_ patch: JSON, named name: String) throws(SwitchError) {
        var changed = patch.isNull ? Self() : self
        guard patch.isNull || patch.object != nil else { throw SwitchError(name: name, problem: "must be an object") }
        for member in patch.object?.members ?? [] {
            guard let known = Self.switches.first(where: { $0.name == member.name }) else {
                throw SwitchError(name: "\(name).\(member.name)", problem: "is not known")
            }
            do { try known.write(&changed, member.value) } catch {
                throw SwitchError(name: "\(name).\(error.name)", problem: error.problem)
            }
        }
        self = changed
    }
}
