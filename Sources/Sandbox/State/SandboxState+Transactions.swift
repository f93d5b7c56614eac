import Foundation

extension SandboxState {
    static let transactionLifetime: TimeInterval = 600

    mutating func add(_ transaction: Transaction, handle: String, now: Date) {
        transactions = transactions.filter { !Self.isOver($0.value, now: now) }
        transactions[handle] = transaction
    }

    func transaction(_ handle: String?, now: Date) -> Transaction? {
        guard let handle, let transaction = transactions[handle], !Self.isOver(transaction, now: now) else {
            return nil
        }
        return transaction
    }

    mutating func signIn(_ username: String, browser: String, handle: String) {
        sessions[browser] = username
        transactions[handle]?.username = username
    }

    mutating func signOut(browser: String?, handle: String) {
        if let browser { sessions[browser] = nil }
        transactions[handle]?.username = nil
    }

    private static func isOver(_ transaction: Transaction, now: Date) -> Bool {
        now.timeIntervalSince(transaction.startedAt) > transactionLifetime
    }
}
