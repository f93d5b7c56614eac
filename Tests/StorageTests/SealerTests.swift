import Foundation
import Testing

@testable import Storage

@Suite struct SealerTests {
    private static let old = "old:\(Data(repeating: 1, count: 32).base64EncodedString())"
    private static let new = "new:\(Data(repeating: 2, count: 32).base64EncodedString())"
    private let plain = Data("refresh-token".utf8)
    private let place = SealedPlace(organization: "o", table: "connection", row: "r", field: "credentials", version: 3)

    private func sealer(_ keys: String...) throws -> Sealer { Sealer(try KeyRing(text: keys.joined(separator: ","))) }

    @Test func `opens what it sealed, and never the same bytes twice`() throws {
        let sealer = try sealer(Self.old)
        let sealed = try sealer.seal(plain, at: place)
        #expect(try sealer.open(sealed, at: place) == plain)
        #expect(try sealer.seal(plain, at: place) != sealed)
        #expect(sealed.range(of: plain) == nil)
    }

    @Test func `each value has a salt of its own, and what is older opens too`() throws {
        let sealer = try sealer(Self.old)
        let salts = Set(try (0..<100).map { _ in try sealer.seal(plain, at: place)[5..<21] })
        #expect(salts.count == 100)
        let older = try sealer.seal(plain, at: place, as: 1)
        #expect(older.count + 16 == (try sealer.seal(plain, at: place)).count)
        #expect(try sealer.open(older, at: place) == plain)
        #expect(!sealer.isByFirstKey(older))
        #expect(sealer.isByFirstKey(try sealer.seal(plain, at: place)))
        // One format is not taken for the other.
        for (sealed, format) in [(older, UInt8(2)), (try sealer.seal(plain, at: place), 1)] {
            var changed = sealed
            changed[0] = format
            #expect(throws: SealError.damaged) { try sealer.open(changed, at: place) }
        }
    }

    /// Made by another implementation of HKDF and AES-GCM.
    @Test(arguments: [
        "AQNvbGQAAQIDBAUGBwgJCguGsaQrzuxDxXv96UJQFTmBiTgtE527ZdPqw3TNlA==",
        "AgNvbGRkZWZnaGlqa2xtbm9wcXJzAAECAwQFBgcICQoLUMZOjuzTjzp0rExny4Z51ML/XsDAHgmaSOWUFQ8=",
    ])
    func `a value of either format opens`(sealed: String) throws {
        #expect(try sealer(Self.old).open(try #require(Data(base64Encoded: sealed)), at: place) == plain)
    }

    @Test func `the first key seals, all open`() throws {
        let sealed = try sealer(Self.old).seal(plain, at: place)
        #expect(try sealer(Self.new, Self.old).open(sealed, at: place) == plain)
        #expect(throws: SealError.unknownKey) { try sealer(Self.new).open(sealed, at: place) }
    }

    @Test func `nothing opens in another place`() throws {
        let sealer = try sealer(Self.old)
        let sealed = try sealer.seal(plain, at: place)
        let others = [
            SealedPlace(organization: "p", table: "connection", row: "r", field: "credentials", version: 3),
            SealedPlace(organization: "o", table: "oauthApp", row: "r", field: "credentials", version: 3),
            SealedPlace(organization: "o", table: "connection", row: "s", field: "credentials", version: 3),
            SealedPlace(organization: "o", table: "connection", row: "r", field: "context", version: 3),
            SealedPlace(organization: "o", table: "connection", row: "r", field: "credentials", version: 4),
            SealedPlace(organization: "oc", table: "onnection", row: "r", field: "credentials", version: 3),
        ]
        for other in others { #expect(throws: SealError.damaged) { try sealer.open(sealed, at: other) } }
    }

    @Test func `a flipped bit anywhere is a clean error`() throws {
        let sealer = try sealer(Self.old)
        let sealed = try sealer.seal(plain, at: place)
        for index in sealed.indices {
            var damaged = sealed
            damaged[index] ^= 1
            #expect(throws: SealError.self) { try sealer.open(damaged, at: place) }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealError.self) { try sealer.open(sealed.prefix(length), at: place) }
        }
    }

    @Test(arguments: [
        "", "k1", "k1:", "k1:AAAA", "k 1:\(String(repeating: "A", count: 43))=", "\(old),\(old)", "k1:***",
    ])
    func `a malformed key ring is refused without showing it`(text: String) {
        #expect { try KeyRing(text: text) } throws: { error in
            let line = "\(error)"
            return line.hasPrefix("encryption key") && !line.contains("AAAA")
        }
    }

    @Test func `a new ring is one key of 32 bytes`() throws {
        #expect(try KeyRing(text: KeyRing.newText()).ids == ["k1"])
        #expect(KeyRing.newText() != KeyRing.newText())
    }
}
