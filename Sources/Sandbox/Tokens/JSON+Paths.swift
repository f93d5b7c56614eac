import StrictJSON

extension JSON.Object {
    /// An object whose dot path leads to `inner`.
    init(nesting inner: JSON.Object, under path: String) { self.init(placing: .object(inner), at: path) }

    /// An object whose dot path leads to `value`; an empty one has no place for it.
    init(placing value: JSON, at path: String) { self = JSON(placing: value, at: path).object ?? JSON.Object() }

    /// Adds the members of another object, and theirs to the objects and lists that both have.
    mutating func merge(_ other: JSON.Object) {
        for member in other.members {
            self[member.name] = self[member.name].map { $0.merging(member.value) } ?? member.value
        }
    }
}

extension JSON {
    /// A value whose dot path leads to `value`; a number in the path is a place in a list (`items.0.id`).
    init(placing value: JSON, at path: String) {
        self = path.split(separator: ".").reversed().reduce(value) { inner, name in
            guard let index = Int(name) else { return .object([String(name): inner]) }
            return .array(Array(repeating: .null, count: index) + [inner])
        }
    }

    /// This one with what another has beside it.
    func merging(_ other: JSON) -> JSON {
        if var object, let added = other.object {
            object.merge(added)
            return .object(object)
        }
        guard let array, let added = other.array else { return other.isNull ? self : other }
        return .array(
            (0..<max(array.count, added.count)).map { index in
                guard index < array.count else { return added[index] }
                return index < added.count ? array[index].merging(added[index]) : array[index]
            }
        )
    }
}
