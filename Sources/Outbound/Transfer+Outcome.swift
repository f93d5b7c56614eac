import CCurl

extension Transfer {
    /// What libcurl's result means to the caller.
    func outcome(_ code: CURLcode) -> Job.Outcome {
        if let failure { return .failure(failure) }
        switch job.errand {
        case .exchange: return exchangeOutcome(code)
        case .delivery: return deliveryOutcome(code)
        }
    }

    private func exchangeOutcome(_ code: CURLcode) -> Job.Outcome {
        guard code == CURLE_OK else { return .failure(error(code)) }
        // libcurl is content when the server stops in the middle of the headers.
        guard response.hasHeaders else { return .failure(.connectionLost) }
        let status = easy.responseStatus
        guard (200...599).contains(status) else { return .failure(.malformedResponse) }
        return .success(OutboundResponse(status: status, headers: response.headers, body: response.body))
    }

    func error(_ code: CURLcode) -> TransportError {
        requestMayHaveLeft ? exchangeError(code) : connectError(code)
    }

    private func connectError(_ code: CURLcode) -> TransportError {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED, CURLE_UNSUPPORTED_PROTOCOL: .invalidURL
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
        case CURLE_OPERATION_TIMEDOUT, CURLE_ABORTED_BY_CALLBACK: .connectTimedOut
        case CURLE_COULDNT_CONNECT where refusedAddress != nil && !hasTriedAddress: .addressNotAllowed
        case CURLE_SSL_CACERT_BADFILE: .misconfigured(setting: "CAINFO")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            .tlsFailed
        default: .connectionFailed
        }
    }

    private func exchangeError(_ code: CURLcode) -> TransportError {
        switch code {
        case CURLE_OPERATION_TIMEDOUT, CURLE_ABORTED_BY_CALLBACK: .timedOut
        case CURLE_FILESIZE_EXCEEDED: .bodyTooLarge
        // One header line is longer than libcurl's buffer may grow; it has a code of its own since 8.6.
        case CURLE_OUT_OF_MEMORY where !response.hasHeaders: .headersTooLarge
        case CURLcode(rawValue: 100) where !response.hasHeaders: .headersTooLarge
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            .malformedResponse
        default: .connectionLost
        }
    }
}
