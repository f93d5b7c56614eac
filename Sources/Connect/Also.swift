public import Storage

/// What else to write in the transaction that creates something, such as the answer to an idempotency key.
public typealias Also<Value> = @Sendable (Transaction, Value) throws -> Void
