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
            throw Self.fault(problem)
        }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            given[String(cString: keyword)] = option.pointee.val.map { String(cString: $0) }
            option += 1
        }
        // What follows an @ within the password would be taken for the host, and told.
        guard given["host"]?.contains("@") != true else { throw Self.noURI }
        let name = given["dbname"] ?? given["user"] ?? "postgres"
        description =
            "\(name) at \(given["host"] ?? given["hostaddr"] ?? "the local socket"):\(given["port"] ?? "5432")"
        self.uri = uri
    }

    /// libpq's words where they name a parameter; others could repeat the password.
    private static func fault(_ problem: UnsafeMutablePointer<CChar>?) -> DatabaseLocationError {
        let text = problem.map { String(cString: $0) } ?? ""
        PQfreemem(problem)
        guard let start = text.range(of: "invalid URI query parameter"), !text.contains("password") else {
            return noURI
        }
        return DatabaseLocationError("has an \(PostgresConnection.oneLine(String(text[start.lowerBound...])))")
    }

    private static let noURI = DatabaseLocationError(
        "is not a connection URI: postgres://USER:PASSWORD@HOST:PORT/NAME, special characters as %XX"
    )
}
