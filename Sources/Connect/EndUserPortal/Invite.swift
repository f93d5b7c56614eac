internal import Logging
internal import OAuth
internal import Outbound
public import Storage
public import StrictJSON

/// What a mail with a link has to say.
public struct Invitation: Sendable {
    public let link: PortalLink
    /// The one integration that the link leads to; nil where there are more.
    public let integrationName: String?
    /// A language tag (RFC 5646), where the app knows the person's.
    public let locale: String?
    public let branding: Branding?
}

/// A link for an end user, and whether it is on its way to them.
public struct SentInvitation: Sendable {
    public let link: PortalLink
    public let emailSent: Bool
}

extension Portal {
    /// Makes a link as `createPortalLink` does, and sends it by mail where a mail server is configured.
    ///
    /// The link is good whether the mail server takes the mail or not; `write` finds the words.
    public func invite(
        _ id: EndUser.ID,
        _ body: JSON,
        for key: APIKey,
        also: @escaping Also<SentInvitation> = { _, _ in },
        write: (Invitation) -> MailMessage.Words
    ) async throws -> SentInvitation {
        let user = try await endUser(id, for: key)
        var input = try Input(body)
        let address = input.mailAddress("email")
        let locale = input.optionalText("locale", limit: 35)
        let link = try await portalLink(for: user, &input, key)
        var isSent = false
        if mail != nil {
            let opened = try await openPortal(link: link.token)
            let invitation = Invitation(
                link: link,
                integrationName: opened.entries.count == 1 ? opened.entries.first?.name : nil,
                locale: locale,
                branding: opened.branding
            )
            isSent = await send(write(invitation), to: address, of: id)
        }
        let invitation = SentInvitation(link: link, emailSent: isSent)
        let invited = entry(
            .endUserInvited,
            by: key,
            on: .endUser(id),
            in: user.workspaceID,
            ["emailSent": .bool(isSent)]
        )
        try await store.write { transaction in
            try record(invited, in: transaction)
            try also(transaction, invitation)
        }
        return invitation
    }

    private func send(_ words: MailMessage.Words, to address: String, of user: EndUser.ID) async -> Bool {
        let message = MailMessage(
            recipient: address,
            words: words,
            date: now(),
            id: "\(Base64URL.encode(random(16)))@\(publicURL.host)",
            boundary: Base64URL.encode(random(16))
        )
        do throws(MailFailure) {
            try await mail?(message)
            return mail != nil
        } catch {
            // The words hold the link, and the address is a person's.
            log.warning("invite was not sent", metadata: ["end_user": "\(user)", "reason": "\(error)"])
            return false
        }
    }
}

extension Input {
    fileprivate mutating func mailAddress(_ name: String) -> String {
        guard let address = email(name) else {
            if !hasFault(name) { refuse(name, "is required") }
            return ""
        }
        if !hasFault(name), !MailAddress.isAddress(address) {
            refuse(
                name,
                "must be in ASCII (xn--… for a domain in another script), with at most 64 characters before the @"
            )
        }
        return address
    }
}
