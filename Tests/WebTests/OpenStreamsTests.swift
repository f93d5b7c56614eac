import Storage
import Testing

@testable import Web

@Suite struct OpenStreamsTests {
    @Test func `a session is followed eight times at once, and another besides`() {
        let streams = OpenStreams()
        let (one, other) = (ConnectSession.ID(rawValue: "1"), ConnectSession.ID(rawValue: "2"))
        var places = (0..<8).map { _ in streams.open(one) }
        #expect(places.allSatisfy { $0 != nil })
        #expect(streams.open(one) == nil)
        #expect(streams.open(other) != nil)
        places.removeLast()
        #expect(streams.open(one) != nil)
    }
}
