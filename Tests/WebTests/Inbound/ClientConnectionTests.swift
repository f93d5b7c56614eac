import Testing

@testable import Web

@Suite struct ClientConnectionTests {
    @Test func `an address has its share, and gets it back`() throws {
        let clients = ClientConnections(perAddress: 2, isExempt: { $0.hasPrefix("10.") })
        let first = try RawConnection(clients)
        let second = try RawConnection(clients)
        #expect(try !RawConnection(clients).isOpen)
        #expect(try RawConnection(clients, from: "192.0.2.2").isOpen)
        for _ in 0..<4 { #expect(try RawConnection(clients, from: "10.0.0.1").isOpen) }
        first.hangUp()
        #expect(try RawConnection(clients).isOpen)
        #expect(try !RawConnection(clients).isOpen)
        #expect(second.isOpen)
    }

    @Test func `an IPv6 customer is one address`() throws {
        let clients = ClientConnections(perAddress: 1)
        #expect(try RawConnection(clients, from: "2001:db8::1").isOpen)
        #expect(try !RawConnection(clients, from: "2001:db8:0:0:9::1").isOpen)
        #expect(try RawConnection(clients, from: "2001:db8:0:1::1").isOpen)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8:0:0"), ("[2001:db8::1]:4711", "2001:db8:0:0"), ("::1", "0:0:0:0"),
        ("unknown", "unknown"), ("", "unknown"), (String(repeating: "1", count: 9999), "unknown"),
    ])
    func `an address has one name`(text: String, name: String) {
        #expect(ClientAddress.name(of: text) == name)
    }
}
