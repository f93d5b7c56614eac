import CCurl
import Glibc

extension Transfer {
    /// The closures capture nothing, so that C can call them; each recovers its transfer from the context pointer.
    ///
    /// The engine keeps the transfer alive until `free()`.
    func setCallbacks() throws(TransportError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        try easy.setOpenSocket { context, purpose, candidate in
            guard let context, let candidate, purpose == CURLSOCKTYPE_IPCXN else { return CURL_SOCKET_BAD }
            return Transfer.recover(context).openSocket(to: candidate)
        }
        try easy.set(CURLOPT_PREREQDATA, pointer: context)
        try easy.setBeforeRequest { context, _, _, _, _ in
            guard let context, Transfer.recover(context).mayRequestLeave() else { return CURL_PREREQFUNC_ABORT }
            return CURL_PREREQFUNC_OK
        }
        try easy.set(CURLOPT_WRITEDATA, pointer: context)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.recover(context).take(body: chunk) ? chunk.count : 0
        }
    }

    /// For HTTP only: libcurl takes a mail server's replies for headers, too.
    func setHeaderCallback() throws(TransportError) {
        try easy.set(CURLOPT_HEADERDATA, pointer: Unmanaged.passUnretained(self).toOpaque())
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let context else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.recover(context).take(header: line) ? line.count : 0
        }
    }

    static func recover(_ context: UnsafeMutableRawPointer) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Every address that libcurl is about to try passes here.
    private func openSocket(to candidate: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard mayConnect(to: candidate) else { return CURL_SOCKET_BAD }
        hasTriedAddress = true
        let type = candidate.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(candidate.pointee.family, type, candidate.pointee.protocol)
    }

    private func mayConnect(to candidate: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        // The operator named the mail server: it may be anywhere.
        guard case .exchange(let exchange) = job.errand else { return true }
        if exchange.request.unixSocketPath != nil { return candidate.pointee.family == AF_UNIX }
        guard let socketAddress = curl_sockaddr_address(candidate),
            let (address, port) = IPAddress.endpoint(of: socketAddress)
        else { return false }
        if policy.allows(address, port: port, scheme: exchange.url.scheme) { return true }
        refusedAddress = address
        return false
    }

    /// Comes a second time when libcurl wants to repeat the request because the pooled connection turned out dead.
    ///
    /// RFC 9110 §9.2.2 forbids that for methods that are not idempotent.
    private func mayRequestLeave() -> Bool {
        if requestMayHaveLeft, !job.errand.isIdempotent {
            failure = .connectionLost
            return false
        }
        requestMayHaveLeft = true
        return true
    }

    private func take(header line: UnsafeRawBufferPointer) -> Bool {
        take { response throws(TransportError) in try response.takeHeaderLine(line) }
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        take { response throws(TransportError) in try response.takeBody(bytes) }
    }

    private func take(_ part: (inout ResponseBuffer) throws(TransportError) -> Void) -> Bool {
        do throws(TransportError) {
            try part(&response)
            return true
        } catch {
            failure = error
            return false
        }
    }
}
