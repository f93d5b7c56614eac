@testable import App
import Foundation
import Testing

@Suite struct VersionTests {
    @Test func `every library that is loaded says which it is`() {
        #expect(Version.libraries.map(\.name) == ["libcurl", "OpenSSL", "SQLite", "libpq"])
        for library in Version.libraries {
            #expect(library.version.wholeMatch(of: /\d+\.\d+(\.\d+[a-z]?)?/) != nil, "\(library)")
            #expect(library.warning == nil)
        }
    }

    @Test(arguments: [
        ("7.87.0", true), ("7.88.0", true), ("7.88.1", false), ("7.88.1-DEV", false), ("7.9.9", true), ("8.0", false),
        ("10.1", false), ("none", true), ("", true),
    ])
    func `a library older than the oldest is told`(version: String, isTooOld: Bool) {
        let library = Library(name: "libcurl", version: version, oldest: "7.88.1")
        #expect((library.warning != nil) == isTooOld)
        if isTooOld {
            #expect(library.warning?.hasSuffix("is older than 7.88.1, the oldest that is supported") == true)
        }
    }

    @Test func `the version is one of semantic versioning`() {
        #expect(Version.version.wholeMatch(of: /\d+\.\d+\.\d+(-[0-9a-z.]+)?/) != nil)
    }
}
