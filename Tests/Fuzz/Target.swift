/// One door through which foreign bytes come in, and what must be true of whatever gets through.
struct Target: Sendable {
    /// Also the directory of its samples in `corpus`.
    let name: String
    /// What takes long and is made once, before the time of any sample counts.
    let prepare: @Sendable () -> Void
    let run: @Sendable (Sample) -> Void

    init(
        _ name: String,
        prepare: @escaping @Sendable () -> Void = {},
        _ run: @escaping @Sendable (Sample) -> Void
    ) {
        self.name = name
        self.prepare = prepare
        self.run = run
    }

    static let all: [Target] = [
        .callback, .connectToken, .cursor, .date, .definition, .idToken, .json, .jwks, .jwt, .logo, .mail, .metadata,
        .request, .responseHeader, .sealedBlob, .signingKey, .template, .tokenAnswer, .typedField, .url,
    ]
}

/// Ends the run where something is not as it must be; libFuzzer then keeps the sample.
func expect(_ isSo: Bool, _ claim: @autoclosure () -> String) {
    guard isSo else { fatalError("it is not true that \(claim())") }
}
