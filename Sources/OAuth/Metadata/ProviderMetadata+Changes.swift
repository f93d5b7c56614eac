public import StrictJSON

extension ProviderMetadata {
    /// A member that is no longer what it was.
    public struct Change: Sendable, Equatable {
        public let member: Member
        public let old: JSON?
        public let new: JSON?
    }

    /// What newer metadata would change; the order of a list is no matter.
    public func changes(to newer: ProviderMetadata) -> [Change] {
        Member.allCases.compactMap { member in
            let (old, new) = (value(of: member), newer.value(of: member))
            return Self.comparable(old) == Self.comparable(new) ? nil : Change(member: member, old: old, new: new)
        }
    }

    private static func comparable(_ value: JSON?) -> [String]? {
        value.map { value in (value.array ?? [value]).map(\.text).sorted() }
    }
}
