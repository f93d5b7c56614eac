import Crypto
import Foundation

/// A hash function of the SHA-2 family.
enum HashFunction: Sendable {
    case sha256, sha384, sha512

    /// The left half of the hash, as `at_hash` has it.
    func leftHalf(of text: String) -> [UInt8] {
        let data = Data(text.utf8)
        let hash: [UInt8] =
            switch self {
            case .sha256: Array(SHA256.hash(data: data))
            case .sha384: Array(SHA384.hash(data: data))
            case .sha512: Array(SHA512.hash(data: data))
            }
        return Array(hash.prefix(hash.count / 2))
    }
}
