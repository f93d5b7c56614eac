import CCurl

/// What all transfers of a client have in common.
struct TransferSettings: Sendable {
    var userAgent: String
    /// The only certificates trusted, when given.
    var caFile: String?
}

extension Transfer {
    func configure(_ settings: TransferSettings) throws(TransportError) {
        try setErrorText()
        try setCallbacks()
        try setTLS(settings)
        try setLimits()
        try setDefaultsOff()
        try easy.set(CURLOPT_USERAGENT, settings.userAgent)
        switch job.errand {
        case .exchange(let exchange): try setExchange(exchange)
        case .delivery(let delivery): try setDelivery(delivery)
        }
    }

    private func setExchange(_ exchange: Exchange) throws(TransportError) {
        let request = exchange.request
        try easy.set(CURLOPT_URL, exchange.url.string)
        try easy.set(CURLOPT_PROTOCOLS_STR, exchange.url.scheme.rawValue)
        try easy.set(CURLOPT_UNIX_SOCKET_PATH, request.unixSocketPath)
        try easy.set(CURLOPT_FRESH_CONNECT, request.usesFreshConnection ? 1 : 0)
        try easy.set(CURLOPT_FORBID_REUSE, request.usesFreshConnection ? 1 : 0)
        try setHeaderCallback()
        try setList(CURLOPT_HTTPHEADER, exchange.headerLines)
        if request.body != nil || request.method.alwaysHasBody { try setBody() }
        try easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }

    private func setTLS(_ settings: TransferSettings) throws(TransportError) {
        try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        try easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let caFile = settings.caFile ?? curl_default_ca_file().map({ String(cString: $0) }) else { return }
        try easy.set(CURLOPT_CAINFO, caFile)
        // A directory would be trusted besides the file, and keeps libcurl from caching the parsed certificates.
        try easy.set(CURLOPT_CAPATH, nil)
    }

    private func setLimits() throws(TransportError) {
        let limits = job.errand.limits
        let timeout = ContinuousClock.now.duration(to: job.deadline)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(limits.connectTimeout, timeout))
        try easy.set(CURLOPT_TIMEOUT_MS, timeout)
        try easy.set(CURLOPT_LOW_SPEED_LIMIT, 10)
        try easy.set(CURLOPT_LOW_SPEED_TIME, 10)
        try easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: limits.maxBodyBytes)
        try easy.set(CURLOPT_DNS_CACHE_TIMEOUT, 10)
        // Without it, giving up on a slow name server blocks the curl thread until the server answers.
        try easy.set(CURLOPT_QUICK_EXIT, 1)
        try easy.set(CURLOPT_NOSIGNAL, 1)
    }

    /// Most of these are libcurl's defaults; said aloud, since each is a way around the rules above.
    private func setDefaultsOff() throws(TransportError) {
        try easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try easy.set(CURLOPT_FOLLOWLOCATION, 0)
        try easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // With a proxy, also one from the environment, the policy would judge the proxy's address.
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_NOPROXY, "*")
        try easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try easy.set(CURLOPT_COOKIEFILE, nil)
        try easy.set(CURLOPT_ALTSVC, nil)
        try easy.set(CURLOPT_HSTS_CTRL, 0)
        try easy.set(CURLOPT_HTTP09_ALLOWED, 0)
        try easy.set(CURLOPT_UNRESTRICTED_AUTH, 0)
        try easy.set(CURLOPT_ACCEPT_ENCODING, nil)
        try easy.set(CURLOPT_HTTP_CONTENT_DECODING, 0)
        try easy.set(CURLOPT_VERBOSE, 0)
    }
}
