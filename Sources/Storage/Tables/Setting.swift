/// A fact about the whole database.
public enum Setting {
    static let schemaVersion = "schemaVersion"
    /// A sealed value that only the right encryption key opens.
    public static let canary = "encryptionCanary"
    /// The id of the organization that the first start made.
    public static let defaultOrganization = "defaultOrganization"
    /// The sealed key that authenticates the activity.
    public static let activityKey = "activityKey"
    /// What was last written to find out whether that works.
    static let writeCheck = "writeCheck"
    /// The moment before which activity may be removed, in milliseconds.
    static let activityKeptFrom = "activityKeptFrom"
}

extension Transaction {
    public func setting(_ name: String) throws -> String? {
        try first("SELECT value FROM setting WHERE name = ?", name) { try $0[0] }
    }

    /// Writes a setting that is not there yet; true for exactly one of all who try.
    public func claim(_ name: String, with value: String) throws -> Bool {
        try execute("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, value) == 1
    }

    public func set(_ name: String, to value: String) throws {
        try execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            value
        )
    }
}
