internal import Storage

extension Portal {
    /// Whether the encryption keys are those that the data was sealed with; nothing where it never was.
    ///
    /// Unlike `checkEncryptionKeys` it only reads.
    public func encryptionKeysFit() async throws -> Bool? {
        let canary = try await store.read { try $0.setting(Setting.canary) }
        return canary.map(opens)
    }
}
