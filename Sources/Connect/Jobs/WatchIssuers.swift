internal import Logging
internal import OAuth
internal import Storage
internal import StrictJSON

extension Job {
    /// Looks once a day whether an issuer says something else of itself than when it was first asked.
    static let watchIssuers = Job(name: "watchIssuers", period: .seconds(3600)) { portal in
        let due = portal.now() + .seconds(-86400)
        let pinned = try await portal.store.read { try $0.pinnedIssuers(checkedBefore: due, limit: 20) }
        for issuer in pinned { try await portal.check(issuer) }
    }
}

extension Portal {
    /// A change is written down and told, and changes nothing until the operator accepts it.
    func check(_ pinned: PinnedIssuer) async throws {
        var proposal: JSON?
        do {
            let known = try ProviderMetadata([pinned.metadata], issuer: pinned.issuer)
            let current = try await fetchMetadata(of: pinned.issuer)
            let changes = known.changes(to: current)
            proposal = changes.isEmpty ? nil : current.json
            for change in changes {
                log.warning(
                    "an issuer changed its metadata; `connect-portal integrations accept` takes it over",
                    metadata: [
                        "issuer": "\(pinned.issuer)", "member": "\(change.member.rawValue)",
                        "old": "\(change.old?.text ?? "nothing")", "new": "\(change.new?.text ?? "nothing")",
                    ]
                )
            }
        } catch {
            proposal = pinned.proposal
            log.notice("issuer not readable", metadata: ["issuer": "\(pinned.issuer)", "error": "\(error)"])
        }
        let (issuer, now, found) = (pinned.issuer, now(), proposal)
        try await store.write { try $0.noteCheck(of: issuer, proposal: found, at: now) }
    }
}
