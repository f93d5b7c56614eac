import Testing

@testable import Outbound

struct BulkheadTests {
    private static func admitAll(_ bulkhead: inout Bulkhead<Int>) -> [Int] {
        var admitted: [Int] = []
        while let item = bulkhead.admit() { admitted.append(item) }
        return admitted
    }

    @Test func `each host has its own places, in order of arrival`() {
        var bulkhead = Bulkhead<Int>(maxPerHost: 2, maxTotal: 10)
        for item in 1...4 { bulkhead.enqueue(item, host: "dead") }
        bulkhead.enqueue(5, host: "healthy")
        #expect(Self.admitAll(&bulkhead).sorted() == [1, 2, 5])
        bulkhead.release(host: "dead")
        #expect(Self.admitAll(&bulkhead) == [3])
        #expect(bulkhead.isAnyoneWaiting)
    }

    @Test func `a newcomer goes before a host that has its share`() {
        var bulkhead = Bulkhead<Int>(maxPerHost: 3, maxTotal: 3)
        for item in 1...9 { bulkhead.enqueue(item, host: "busy") }
        #expect(Self.admitAll(&bulkhead) == [1, 2, 3])
        bulkhead.enqueue(10, host: "new")
        bulkhead.release(host: "busy")
        #expect(Self.admitAll(&bulkhead) == [10])
    }

    @Test func `who is removed frees no place, since none was taken`() {
        var bulkhead = Bulkhead<Int>(maxPerHost: 1, maxTotal: 1)
        for item in 1...4 { bulkhead.enqueue(item, host: "a") }
        #expect(Self.admitAll(&bulkhead) == [1])
        #expect(bulkhead.removeWaiting { $0.isMultiple(of: 2) } == [2, 4])
        #expect(Self.admitAll(&bulkhead).isEmpty)
        bulkhead.release(host: "a")
        #expect(Self.admitAll(&bulkhead) == [3])
    }
}
