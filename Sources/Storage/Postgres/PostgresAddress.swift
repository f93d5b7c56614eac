internal import CPostgres
internal import Foundation

/// How to reach a PostgreSQL database: a connection URI (PostgreSQL manual, 34.1.1.2) with any parameter of libpq.
///
/// What it does not say comes from libpq's environment variables and password file.
public struct PostgresAddress: Sendable, Equatable {
    /// With the password.
    let uri: String
    /// The name and where it is.
    public let description: String

    init(_ uri: String) throws(DatabaseLocationError) {
        var problem: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(uri, &problem) else {
            throw DatabaseLocationError(Self.explain(problem))
        }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            given[String(cString: keyword)] = option.pointee.val.map { String(cString: $0) }
            option += 1
        }
        let name = given["dbname"] ?? given["user"] ?? "postgres"
        description =
            "\(name) at \(given["host"] ?? given["hostaddr"] ?? "the local socket"):\(given["port"] ?? "5432")"
        self.uri = uri
    }

    /// libpq's words where they name a parameter; others could repeat the password.
    private static func explain(_ problem: UnsafeMutablePointer<CChar>?) -> String {
        let text = problem.map { String(cString: $0) } ?? ""
        PQfreemem(problem)
        if let start = text.range(of: "invalid URI query parameter"), !text.contains("password") {
            return "has an " + text[start.lowerBound...].split(separator: "\n").joined(separator: " ")
        }
        return "is not a connection URI: postgres://USER:PASSWORD@HOST:PORT/NAME, special characters as %XX"
    }
}
