import Foundation
import StrictJSON

extension Target {
    /// Any body of ours or of a provider's: what is read is written and read as the same.
    static let json = Target("json") { sample in
        guard let json = try? JSON.parse(sample.bytes) else { return }
        let written = json.bytes
        guard let again = try? JSON.parse(written) else { fatalError("what was written cannot be read") }
        expect(again.bytes == written, "what was read twice is written the same")
        expect(json == again, "what was written is what was read")
        expect(
            (try? JSONSerialization.jsonObject(with: Data(sample.bytes), options: .fragmentsAllowed)) != nil,
            "a lenient parser reads what the strict one does"
        )
        expect((try? JSON.parse(sample.bytes, maxDepth: 0)) == nil || json.object == nil, "the depth is limited")
        expect(json.object == nil || json.array == nil, "a value is of one kind")
        for member in json.object?.members ?? [] {
            expect(json[member.name] == member.value, "\(member.name) is found")
            if !member.name.contains("."), !member.name.isEmpty {
                expect(json.value(at: member.name) == member.value, "\(member.name) is found by its path")
            }
        }
    }
}
