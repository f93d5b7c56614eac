import CCurl

/// The libcurl multi handle, which drives all transfers from one thread.
///
/// Unchecked: `wake()` may be called from any thread, as libcurl documents; everything else only from the curl thread.
final class Multi: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    init(maxConnections: Int) throws(TransportError) {
        guard curlGlobalInit == CURLE_OK, let handle = curl_multi_init() else {
            throw .misconfigured(setting: "curl_multi_init")
        }
        self.handle = handle
        guard curl_multi_setopt_long(handle, CURLMOPT_MAXCONNECTS, maxConnections) == CURLM_OK else {
            curl_multi_cleanup(handle)
            throw .misconfigured(setting: "MAXCONNECTS")
        }
    }

    func wake() { curl_multi_wakeup(handle) }

    func add(_ easy: EasyHandle) throws(TransportError) {
        guard curl_multi_add_handle(handle, easy.raw) == CURLM_OK else {
            throw .misconfigured(setting: "curl_multi_add_handle")
        }
    }

    func remove(_ easy: EasyHandle) { curl_multi_remove_handle(handle, easy.raw) }

    /// Does what can be done without waiting; false when libcurl itself is broken.
    func perform() -> Bool {
        var running: Int32 = 0
        return curl_multi_perform(handle, &running) == CURLM_OK
    }

    /// Waits for a socket, a timer of libcurl's or a wake-up.
    func poll(atMost milliseconds: Int32) -> Bool {
        curl_multi_poll(handle, nil, 0, milliseconds, nil) == CURLM_OK
    }

    func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, message.pointee.data.result)
        }
        return nil
    }

    func free() { curl_multi_cleanup(handle) }
}

/// Once per process; never undone, since other threads may still be inside libcurl at exit.
private let curlGlobalInit = curl_global_init(Int(CURL_GLOBAL_SSL))
