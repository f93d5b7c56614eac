public import Secrecy

/// Where the data is.
public enum DatabaseLocation: Sendable, Equatable, Concealed {
    case sqlite(path: String)
    case postgres(PostgresAddress)

    /// Reads `sqlite:PATH`, or `postgres://…` with the parameters of libpq.
    public init(_ text: String) throws(DatabaseLocationError) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(try PostgresAddress(text))
        } else if text.hasPrefix("sqlite:"), text != "sqlite:" {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
        } else {
            throw DatabaseLocationError("must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")
        }
    }
}

extension DatabaseLocation {
    /// Without a password.
    public var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let address): address.description
        }
    }
}

/// What is wrong with the text that says where the data is, to follow the name of its setting.
public struct DatabaseLocationError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
