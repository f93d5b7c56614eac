import CCurl
import Foundation
import OAuth

@testable import Integrations
@testable import Outbound

extension Target {
    /// Addresses of providers and apps: what one parser takes, every parser takes for the same.
    static let url = Target("url") { sample in
        let text = sample.lines[0]
        if let address = WebAddress(text) {
            let again = WebAddress(address.text)
            expect(again?.text == address.text && again?.host == address.host, "an address is read as it is written")
            for spelling in [text, address.text] { checkAgreement(address, with: try? OutboundURL(spelling)) }
            checkParameters(sample.values(from: 1), on: address)
        }
        if let url = try? OutboundURL(text) {
            let again = try? OutboundURL(url.string)
            expect(again == url, "\(url.string) is read as it is written")
            expect(!url.host.isEmpty && !url.host.contains { "/?#@ ".contains($0) }, "\(url.host) is a host")
        }
        if let target = try? PrivateTarget(text) {
            let isAnywhere = target.contains(IPAddress(v4: 0x0808_0808), port: 443)
            expect(!isAnywhere || text.contains("/") || text.contains("8.8.8.8"), "a target is no more than it says")
        }
        if let address = IPAddress(text) { expect(IPAddress(address.description) == address, "\(text) is one address") }
        _ = (try? AddressSet(text))?.contains(text)
    }

    private static func checkAgreement(_ address: WebAddress, with url: OutboundURL?) {
        guard let url else { fatalError("libcurl does not take \(address.text)") }
        expect(url.scheme.rawValue == address.scheme, "both see the scheme")
        expect(url.host == address.host, "\(url.host) is \(address.host)")
        expect(Int(url.port) == address.port ?? (address.scheme == "https" ? 443 : 80), "both see the port")
    }

    /// As where a person is sent back to an app with the outcome.
    private static func checkParameters(_ values: [String: String], on address: WebAddress) {
        let added = FormParameters(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let result = WebAddress(address.adding(added))
        expect(result?.origin == address.origin && result?.path == address.path, "parameters leave the rest alone")
        let query = result?.query ?? ""
        expect(query.hasSuffix(added.encoded), "they stand at the end")
        expect(FormParameters(encoded: added.encoded) == added, "they are read as they are written")
    }

    /// First line: a template of a definition; second: allowed hosts; then `name=value`, what a person typed.
    static let template = Target("template") { sample in
        let lines = sample.lines
        guard lines.count > 1 else { return }
        let template = Template(lines[0])
        let hosts = lines[1].split(separator: ",").map(String.init).filter { !$0.isEmpty }
        let values = sample.values(from: 2)
        _ = try? template.filled(with: values)
        guard let text = try? template.address(with: values, allowedHosts: hosts) else { return }
        guard let address = WebAddress(text), let url = try? OutboundURL(text) else {
            fatalError("\(text) is an address")
        }
        expect(url.host == address.host, "libcurl calls \(address.host)")
        if !hosts.isEmpty, !template.hostPlaceholders.isEmpty {
            let isAllowed = hosts.contains { $0.hasPrefix(".") ? address.host.hasSuffix($0) : address.host == $0 }
            expect(isAllowed, "\(address.host) is allowed")
        }
        guard template.leadingPlaceholder == nil else { return }
        // What a person types stays where it stands: it makes no segments and no parameters.
        let plain = Dictionary(template.placeholders.map { ($0, "x") }, uniquingKeysWith: { first, _ in first })
        guard let shape = try? template.address(with: plain) else { return }
        for mark in "/?&=#" {
            expect(text.count { $0 == mark } == shape.count { $0 == mark }, "\(text) is like \(shape)")
        }
    }
}
