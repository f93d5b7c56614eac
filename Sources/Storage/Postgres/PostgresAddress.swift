internal import CPostgres
internal import Foundation
public import Secrecy

/// How to reach a PostgreSQL database: a connection URI (PostgreSQL manual, 34.1.1.2) with any parameter of libpq.
///
/// What it does not say comes from libpq's environment variables and password file.
public struct PostgresAddress: Sendable, Equatable, Concealed {
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
        guard Self.isEncryptionDecided(given) else {
            throw DatabaseLocationError(
                "must say how the connection is protected: add ?sslmode=verify-full, or require, or disable on a network of your own"
            )
        }
        let name = given["dbname"] ?? given["user"] ?? "postgres"
        description =
            "\(name) at \(given["host"] ?? given["hostaddr"] ?? "the local socket"):\(given["port"] ?? "5432")"
        self.uri = uri
    }

    /// What libpq does by itself is to encrypt if the server likes, and to believe any server.
    private static func isEncryptionDecided(_ given: [String: String]) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        if given["sslmode"] != nil || environment["PGSSLMODE"] != nil { return true }
        let hosts = given["hostaddr"] ?? given["host"] ?? environment["PGHOSTADDR"] ?? environment["PGHOST"] ?? ""
        return hosts.split(separator: ",").allSatisfy { host in
            host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }
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
