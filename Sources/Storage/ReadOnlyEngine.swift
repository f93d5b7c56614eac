/// An engine that is only read from.
struct ReadOnlyEngine: Engine {
    let base: any Engine

    static let refusal = StorageError.unavailable("the database is open for reading only")

    var isShared: Bool { base.isShared }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await base.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        throw Self.refusal
    }

    func alone<Value>(_ body: (Transaction) throws -> Value) throws -> Value { throw Self.refusal }

    func place() async throws -> String { try await base.place() }

    func close() async throws { try await base.close() }
}
