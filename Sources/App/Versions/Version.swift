import Logging
import Outbound
import Storage

/// Which version this is, and which versions of others are at work in it.
enum Version {
    static let version = "0.1.0"

    /// The compiler that built this.
    static var swift: String {
        #if compiler(>=6.4)
        "6.4 or newer"
        #else
        "6.3"
        #endif
    }

    /// Those that Debian 12 has are the oldest with which everything is tested.
    static var libraries: [Library] {
        let tls = Libcurl.tlsLibrary?.split(separator: "/", maxSplits: 1).map(String.init) ?? []
        return [
            Library(name: "libcurl", version: Libcurl.version, oldest: "7.88.1"),
            Library(name: tls.first ?? "TLS", version: tls.count == 2 ? tls[1] : "none", oldest: "3.0.0"),
            Library(name: "SQLite", version: StorageLibraries.sqlite, oldest: "3.40.1"),
            Library(name: "libpq", version: StorageLibraries.libpq, oldest: "15.0"),
        ]
    }

    /// One line at the start, and one for each library that is too old.
    static func announce(to log: Logger) {
        var versions: Logger.Metadata = ["schema": "\(Database.currentSchemaVersion)", "Swift": "\(swift)"]
        for library in libraries {
            versions[library.name] = "\(library.version)"
            if let warning = library.warning { log.warning("\(warning)") }
        }
        log.info("connect-portal \(version) starts", metadata: versions)
    }
}
