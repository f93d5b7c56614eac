import StrictJSON

/// One member of a settings value as the control API sees it: its name, how to read it and how to set it.
struct Switch<Settings>: Sendable {
    let name: String
    let read: @Sendable (Settings) -> JSON
    let write: @Sendable (inout Settings, JSON) throws(SwitchError) -> Void
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
