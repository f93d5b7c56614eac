/// A value that is looked up when somebody asks for it.
public final class Reading: Family {
    public enum Kind: String, Sendable { case counter, gauge }

    private let heading: Heading
    private let kind: Kind
    private let read: @Sendable () async -> Double?

    init(heading: Heading, kind: Kind, read: @escaping @Sendable () async -> Double?) {
        self.heading = heading
        self.kind = kind
        self.read = read
    }

    func write(to page: inout Page) async {
        guard let value = await read() else { return }
        page.begin(heading, type: kind.rawValue)
        page.add(heading.name, [], value)
    }
}
