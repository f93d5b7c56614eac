public import StrictJSON

/// The public keys that a provider signs with (RFC 7517 §5), as far as they can be used here.
///
/// Read key by key: one of an unknown kind does not cost the others.
public struct JSONWebKeySet: Sendable, Equatable {
    public let keys: [JSONWebKey]

    public init(keys: [JSONWebKey]) { self.keys = keys }

    /// Reads what a `jwks_uri` answered, or what was stored.
    public init(_ bytes: [UInt8]) throws(JSONWebKeySetFault) {
        guard bytes.count <= 262_144 else { throw .tooLarge }
        guard let json = try? JSON.parse(bytes) else { throw .malformed }
        try self.init(json)
    }

    public init(_ json: JSON) throws(JSONWebKeySetFault) {
        guard let keys = json["keys"]?.array else { throw .malformed }
        guard keys.count <= 100 else { throw .tooManyKeys }
        self.init(keys: keys.compactMap { JSONWebKey($0) })
    }

    /// The keys for storing, or for others to read.
    public var json: JSON { ["keys": .array(keys.map(\.json))] }
}

/// Why a set of keys is not one.
public enum JSONWebKeySetFault: String, Error, Sendable {
    case tooLarge, malformed, tooManyKeys
}
