import StrictJSON

/// How all metadata differs from what it was when somebody read it first.
struct MetadataChanges: Sendable, Equatable {
    /// The endpoints are said to be below `<issuer>/moved`; they work in both places.
    var moved = false
    /// Set in the documents, in place of a member of that name; `null` leaves it out.
    var members = JSON.Object()
    /// Of the answer; an error has no document.
    var status = 200
}

extension MetadataChanges: Switchable {
    static let switches: [Switch<MetadataChanges>] = [
        .flag("moved", \.moved),
        .object("members", \.members),
        .status("status", \.status),
    ]
}
