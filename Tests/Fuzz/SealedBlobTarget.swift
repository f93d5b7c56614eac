import Foundation
@testable import Storage

extension Target {
    /// A secret as it lies in the database: it opens only as it was sealed, and only there.
    ///
    /// The sample is the blob itself, and again a list of changes to one that is right.
    static let sealedBlob = Target("sealed-blob") { sample in
        let right = SealedSample.right
        for blob in [sample.bytes, sample.editing(right)] {
            let plain = open(blob, at: SealedSample.place)
            expect((plain == SealedSample.plain) == (blob == right), "it opens if nobody touched it")
            expect(plain == nil || blob == right, "nothing else opens")
            for place in SealedSample.otherPlaces { expect(open(blob, at: place) == nil, "it opens nowhere else") }
            if let id = Sealer.keyID(of: Data(blob)) { expect(id.utf8.count <= 3 * 255, "a key's id is short") }
        }
    }

    private static func open(_ blob: [UInt8], at place: SealedPlace) -> Data? {
        do { return try SealedSample.sealer.open(Data(blob), at: place) } catch {
            expect(error is SealError, "\(error) is one of ours")
            return nil
        }
    }
}

private enum SealedSample {
    static let plain = Data("a token that nobody may see".utf8)
    static let place = SealedPlace(organization: "o", table: "connection", row: "r", field: "credentials", version: 3)
    static let otherPlaces = [
        SealedPlace(organization: "p", table: "connection", row: "r", field: "credentials", version: 3),
        SealedPlace(organization: "o", table: "connection", row: "r", field: "credentials", version: 4),
        SealedPlace(organization: "oc", table: "onnection", row: "r", field: "credentials", version: 3),
    ]
    static let sealer: Sealer = {
        let keys = ["k1", "k2"].map { "\($0):" + Data(repeating: $0.utf8.last ?? 0, count: 32).base64EncodedString() }
        do { return try Sealer(KeyRing(text: keys.joined(separator: ","))) } catch { fatalError("\(error)") }
    }()

    /// Sealed anew in each run, with another nonce.
    static let right: [UInt8] = {
        do { return Array(try sealer.seal(plain, at: place)) } catch { fatalError("\(error)") }
    }()
}
