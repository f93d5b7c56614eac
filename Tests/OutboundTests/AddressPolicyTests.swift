import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(1)))
struct AddressPolicyTests {
    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
        "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1",
        "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
    ])
    func `a public address is allowed over https on port 443`(text: String) throws {
        let address = try #require(IPAddress(text))
        let policy = AddressPolicy()
        #expect(policy.allows(address, port: 443, scheme: .https))
        #expect(!policy.allows(address, port: 443, scheme: .http))
        #expect(!policy.allows(address, port: 8443, scheme: .https))
        #expect(AddressPolicy(allowedPorts: [8443]).allows(address, port: 8443, scheme: .https))
    }

    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
        "127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.31.196.1",
        "192.52.193.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "192.175.48.1", "198.18.0.0", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
        "100::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "2620:4f:8000::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fd00::1", "fe80::1", "ff02::1",
    ])
    func `a special-purpose address is refused unless it is listed`(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressPolicy().allows(address, port: 443, scheme: .https))
        let listed = AddressPolicy(privateTargets: [try PrivateTarget(text)])
        #expect(listed.allows(address, port: 8080, scheme: .http))
    }

    @Test(arguments: [
        ("127.0.0.0/8", "127.1.2.3", 80, true), ("127.0.0.0/8", "128.0.0.0", 80, false),
        ("127.0.0.0/8", "::ffff:127.0.0.1", 80, true), ("0.0.0.0/0", "10.0.0.1", 80, true),
        ("0.0.0.0/0", "fd00::1", 80, false), ("::/0", "fd00::1", 80, true), ("::/0", "10.0.0.1", 80, false),
        ("10.1.2.3/32:8443", "10.1.2.3", 8443, true), ("10.1.2.3/32:8443", "10.1.2.3", 8444, false),
        ("10.1.2.3:8443", "10.1.2.4", 8443, false), ("10.1.2.3", "10.1.2.3", 1, true), ("[::1]", "::1", 1, true),
        ("[::1]:80", "::1", 80, true), ("[::1]/128:80", "::1", 81, false), ("[fd00::]/8", "fdff::1", 9, true),
        ("fd00::/8", "fe00::1", 9, false),
    ])
    func `a private target covers its range and port`(entry: String, text: String, port: UInt16, isAllowed: Bool) throws
    {
        let policy = AddressPolicy(privateTargets: [try PrivateTarget(entry)])
        #expect(policy.allows(try #require(IPAddress(text)), port: port, scheme: .http) == isAllowed)
    }

    @Test(arguments: [
        "", "x", "localhost", "127.0.0.0/33", "127.0.0.1/8", "127.0.0.0/", "127.0.0.0/+8", "127.0.0.0/-1", "127.1",
        "0x7f.0.0.1", "010.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+80", "127.0.0.1:80:80",
        "[::1", "[::1]x", "[::1]:", "[127.0.0.1]", "::1/129", "fd00::1/8", " 127.0.0.1",
    ])
    func `an entry that is not a range is named`(entry: String) {
        let error = #expect(throws: InvalidPrivateTarget.self) { try PrivateTarget(entry) }
        #expect(error?.description.contains("\"\(entry)\"") == true)
    }

    @Test(arguments: [
        "127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "localhost",
        "[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[::]", "10.0.0.1", "169.254.169.254",
        "[64:ff9b::7f00:1]", "[fe80::1]",
    ])
    func `no spelling of an inside address gets through`(host: String) async throws {
        let server = try TestServer(echo)
        defer { server.stop() }
        try await withClient(policy: AddressPolicy(allowedPorts: [443, server.port])) { client in
            for scheme in ["http", "https"] {
                let error = await failure(client, OutboundRequest(.get, "\(scheme)://\(host):\(server.port)/"))
                #expect(error == .addressNotAllowed)
                #expect(error?.mayHaveReachedServer == false)
            }
        }
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: ["127.0.0.1.", "１２７.0.0.1"])
    func `a spelling that no longer is an address is not called either`(host: String) async throws {
        try await withClient(policy: AddressPolicy()) { client in
            let error = await failure(client, OutboundRequest(.get, "https://\(host)/"))
            #expect([.addressNotAllowed, .nameNotResolved, .invalidURL].contains(error))
        }
    }

    @Test func `plain http reaches listed targets only`() async throws {
        let policy = AddressPolicy(privateTargets: [try PrivateTarget("127.0.0.2:80")])
        try await withServer(echo, policy: policy) { server, client in
            #expect(await failure(client, OutboundRequest(.get, server.url)) == .addressNotAllowed)
            #expect(await failure(client, OutboundRequest(.get, "http://8.8.8.8/")) == .addressNotAllowed)
            #expect(server.connectionCount == 0)
        }
    }
}
