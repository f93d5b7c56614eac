import CCurl

/// A libcurl easy handle whose every setting is checked.
///
/// A setting that libcurl refuses may be the one that verifies the certificate, so the request must not be sent.
struct EasyHandle {
    let raw: UnsafeMutableRawPointer

    init() throws(TransportError) {
        guard let raw = curl_easy_init() else { throw .misconfigured(setting: "curl_easy_init") }
        self.raw = raw
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(curl_easy_setopt_long(raw, option, value), option)
    }

    func set(_ option: CURLoption, offset value: Int) throws(TransportError) {
        try check(curl_easy_setopt_offset(raw, option, curl_off_t(value)), option)
    }

    func set(_ option: CURLoption, _ value: Duration) throws(TransportError) {
        let (seconds, attoseconds) = value.components
        // Zero would mean no limit at all.
        let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        try set(option, Int(milliseconds))
    }

    /// Copies the text; nil resets the option.
    func set(_ option: CURLoption, _ value: String?) throws(TransportError) {
        try check(curl_easy_setopt_string(raw, option, value), option)
    }

    /// The memory must stay until `free()`.
    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(TransportError) {
        try check(curl_easy_setopt_pointer(raw, option, value), option)
    }

    /// The list must stay until `free()`.
    func set(_ option: CURLoption, list value: UnsafeMutablePointer<curl_slist>?) throws(TransportError) {
        try check(curl_easy_setopt_list(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ callback: curl_write_callback) throws(TransportError) {
        try check(curl_easy_setopt_data_callback(raw, option, callback), option)
    }

    func setOpenSocket(_ callback: curl_opensocket_callback) throws(TransportError) {
        try check(curl_easy_setopt_opensocket_callback(raw, callback), CURLOPT_OPENSOCKETFUNCTION)
    }

    func setBeforeRequest(_ callback: curl_prereq_callback) throws(TransportError) {
        try check(curl_easy_setopt_prereq_callback(raw, callback), CURLOPT_PREREQFUNCTION)
    }

    func setProgress(_ callback: curl_xferinfo_callback) throws(TransportError) {
        try check(curl_easy_setopt_xferinfo_callback(raw, callback), CURLOPT_XFERINFOFUNCTION)
    }

    var responseStatus: Int {
        var status = 0
        return curl_easy_getinfo_long(raw, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0
    }

    func free() { curl_easy_cleanup(raw) }

    private func check(_ code: CURLcode, _ option: CURLoption) throws(TransportError) {
        guard code != CURLE_OK else { return }
        let name = curl_easy_option_by_id(option).map { String(cString: $0.pointee.name) }
        throw .misconfigured(setting: name ?? "\(option.rawValue)")
    }
}
