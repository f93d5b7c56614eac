import CCurl

/// A URL in libcurl's own parser.
final class ParsedURL {
    private let handle: OpaquePointer

    /// Nil for what is no URL; `flags` are `CURLU_…`.
    init?(_ text: String, flags: Int32 = 0) {
        // A control character ends the text early in C, or splits the request line.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let handle = curl_url() else { return nil }
        self.handle = handle
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(flags)) == CURLUE_OK else { return nil }
    }

    deinit { curl_url_cleanup(handle) }

    func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
