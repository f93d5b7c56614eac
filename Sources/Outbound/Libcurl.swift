internal import CCurl

/// The library that makes the requests, as it is loaded.
public enum Libcurl {
    public static var version: String { String(cString: curl_loaded_version()) }

    /// What it encrypts with, such as `OpenSSL/3.0.19`.
    public static var tlsLibrary: String? { curl_tls_library().map(String.init(cString:)) }
}
