import StrictJSON

extension Switch {
    typealias Path<Value> = any WritableKeyPath<Settings, Value> & Sendable

    static func flag(_ name: String, _ path: Path<Bool>) -> Switch {
        make(name, path, expected: "true or false", { .bool($0) }, { $0.bool })
    }

    static func text(_ name: String, _ path: Path<String>) -> Switch {
        make(name, path, expected: "a string", { .string($0) }, { $0.string })
    }

    static func seconds(_ name: String, _ path: Path<Int>) -> Switch {
        make(name, path, expected: "whole seconds, not negative", { JSON($0) }, { $0.count })
    }

    static func choice<Choice: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String,
        _ path: Path<Choice>
    ) -> Switch where Choice.RawValue == String {
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return make(
            name,
            path,
            expected: "one of \(known)",
            { .string($0.rawValue) },
            { $0.string.flatMap(Choice.init(rawValue:)) }
        )
    }

    static func texts(_ name: String, _ path: Path<[String]>) -> Switch {
        make(name, path, expected: "an array of strings", { JSON($0) }, { $0.texts })
    }

    static func map(_ name: String, _ path: Path<[String: String]>) -> Switch {
        make(name, path, expected: "an object of strings", { JSON(sorting: $0) }, { $0.textMembers })
    }

    static func object(_ name: String, _ path: Path<JSON.Object>) -> Switch {
        make(name, path, expected: "an object", { .object($0) }, { $0.object })
    }

    static func status(_ name: String, _ path: Path<Int>) -> Switch {
        make(name, path, expected: "200 to 599", { JSON($0) }) {
            $0.count.flatMap { (200...599).contains($0) ? $0 : nil }
        }
    }

    /// Settings inside the settings; their switches are patched one by one, too.
    static func group<Group: Switchable>(_ name: String, _ path: Path<Group>) -> Switch {
        Switch(
            name: name,
            expected: "an object",
            members: Group.descriptions,
            read: { $0[keyPath: path].json },
            write: { (settings: inout Settings, json: JSON) throws(SwitchError) in
                try settings[keyPath: path].apply(json, named: name)
            }
        )
    }

    static func make<Value>(
        _ name: String,
        _ path: Path<Value>,
        expected: String,
        _ encode: @escaping @Sendable (Value) -> JSON,
        _ decode: @escaping @Sendable (JSON) -> Value?
    ) -> Switch {
        Switch(
            name: name,
            expected: expected,
            read: { encode($0[keyPath: path]) },
            write: { (settings: inout Settings, json: JSON) throws(SwitchError) in
                guard let value = decode(json) else { throw SwitchError(name: name, problem: "must be \(expected)") }
                settings[keyPath: path] = value
            }
        )
    }
}

extension JSON {
    init(sorting members: [String: String]) {
        var object = Object()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        self = .object(object)
    }

    var count: Int? { integer.flatMap(Int.init(exactly:)).flatMap { $0 >= 0 ? $0 : nil } }

    fileprivate var texts: [String]? {
        guard let array, array.allSatisfy({ $0.string != nil }) else { return nil }
        return array.compactMap(\.string)
    }

    fileprivate var textMembers: [String: String]? {
        guard let object, object.members.allSatisfy({ $0.value.string != nil }) else { return nil }
        return Dictionary(uniqueKeysWithValues: object.members.map { ($0.name, $0.value.string ?? "") })
    }
}
