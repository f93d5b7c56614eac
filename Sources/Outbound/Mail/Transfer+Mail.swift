import CCurl

extension Transfer {
    /// One mail transaction (RFC 5321 §3.3) on a connection of its own.
    func setDelivery(_ delivery: Delivery) throws(TransportError) {
        let server = delivery.server
        try easy.set(CURLOPT_URL, delivery.url)
        try easy.set(CURLOPT_PROTOCOLS_STR, server.scheme.rawValue)
        try easy.set(CURLOPT_USE_SSL, Int((server.isLoopback ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        try easy.set(CURLOPT_USERNAME, server.user)
        try easy.set(CURLOPT_PASSWORD, server.password)
        try easy.set(CURLOPT_FRESH_CONNECT, 1)
        try easy.set(CURLOPT_FORBID_REUSE, 1)
        try easy.set(CURLOPT_MAIL_FROM, delivery.mail.sender)
        try setList(CURLOPT_MAIL_RCPT, [delivery.mail.recipient])
        try easy.set(CURLOPT_UPLOAD, 1)
        try setContent()
        try setPatience()
    }

    func deliveryOutcome(_ code: CURLcode) -> Job.Outcome {
        // libcurl is content only with 250 as the reply to the content.
        if code == CURLE_OK { return .success(OutboundResponse(status: 250)) }
        let replyCode = easy.responseStatus
        if (400...599).contains(replyCode) { return .success(OutboundResponse(status: replyCode)) }
        // No way to sign in that both know.
        if code == CURLE_LOGIN_DENIED { return .failure(.misconfigured(setting: "AUTH")) }
        return .failure(error(code))
    }

    /// For an upload, which asks for the body piece by piece.
    private func setContent() throws(TransportError) {
        try easy.set(CURLOPT_INFILESIZE_LARGE, offset: bodyCount)
        try easy.set(CURLOPT_READDATA, pointer: Unmanaged.passUnretained(self).toOpaque())
        // Its C type is that of a write callback.
        try easy.set(CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            return Transfer.recover(context).read(
                into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
            )
        }
    }

    /// libcurl's own limits do not hold while it waits for the reply to QUIT; it asks this callback every second.
    private func setPatience() throws(TransportError) {
        try easy.set(CURLOPT_NOPROGRESS, 0)
        try easy.set(CURLOPT_XFERINFODATA, pointer: Unmanaged.passUnretained(self).toOpaque())
        try easy.setProgress { context, _, _, _, _ in
            guard let context else { return 1 }
            let job = Transfer.recover(context).job
            return job.isCancelled || job.deadline <= .now ? 1 : 0
        }
    }
}
