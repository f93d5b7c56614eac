internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

extension SigningKey.Material {
    /// The key in a PEM text (RFC 7468).
    ///
    /// Its lines may have been joined, or parted by a written `\n`, as happens to what is pasted into a form field.
    init(pem text: String) throws(SigningKeyFault) {
        guard let block = Self.block(in: text.replacing(#"\n"#, with: "\n")) else { throw .malformed }
        guard !block.label.contains("ENCRYPTED"), !block.body.contains("ENCRYPTED") else { throw .encrypted }
        guard block.label.hasSuffix("PRIVATE KEY") else {
            throw block.label.hasSuffix("PUBLIC KEY") || block.label == "CERTIFICATE" ? .notPrivate : .unsupported
        }
        guard let der = Data(base64Encoded: String(block.body.filter { !$0.isWhitespace })) else { throw .malformed }
        try self.init(der: Array(der))
    }

    /// The last block, since OpenSSL writes `EC PARAMETERS` before an `EC PRIVATE KEY`.
    private static func block(in text: String) -> (label: Substring, body: Substring)? {
        guard let begin = text.ranges(of: "-----BEGIN ").last,
            let labelEnd = text[begin.upperBound...].firstRange(of: "-----")
        else { return nil }
        let label = text[begin.upperBound..<labelEnd.lowerBound]
        guard let end = text[labelEnd.upperBound...].firstRange(of: "-----END \(label)-----") else { return nil }
        return (label, text[labelEnd.upperBound..<end.lowerBound])
    }

    private init(der: [UInt8]) throws(SigningKeyFault) {
        if let seed = Self.ed25519Seed(in: der), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) {
            self = .ed25519(key)
        } else if let key = try? P256.Signing.PrivateKey(derRepresentation: der) {
            self = .p256(key)
        } else if let key = try? _RSA.Signing.PrivateKey(unsafeDERRepresentation: der) {
            guard key.keySizeInBits >= 2048 else { throw .tooShort }
            self = .rsa(key)
        } else {
            throw Self.isWhole(der) ? .unsupported : .malformed
        }
    }

    /// Whether the bytes are one DER sequence with nothing missing, so of a kind that is not known here.
    private static func isWhole(_ der: [UInt8]) -> Bool {
        guard der.count > 4, der[0] == 0x30 else { return false }
        return switch der[1] {
        case ..<0x80: Int(der[1]) == der.count - 2
        case 0x81: Int(der[2]) == der.count - 3
        case 0x82: Int(der[2]) << 8 | Int(der[3]) == der.count - 4
        default: false
        }
    }

    /// The 32 bytes of an Ed25519 key in PKCS #8, with or without its public half after it (RFC 8410 §7).
    private static func ed25519Seed(in der: [UInt8]) -> ArraySlice<UInt8>? {
        let algorithm: [UInt8] = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
        guard (48...127).contains(der.count), der[0] == 0x30, Int(der[1]) == der.count - 2,
            der[2...4] == [0x02, 0x01, 0x00] || der[2...4] == [0x02, 0x01, 0x01],
            der[5...].starts(with: algorithm)
        else { return nil }
        return der[16..<48]
    }
}
