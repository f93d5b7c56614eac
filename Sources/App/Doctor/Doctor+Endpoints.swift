import Connect
import Foundation
import OAuth
import Outbound

extension Doctor {
    /// Whether the hosts of a provider can be called: the name, the address, TLS.
    mutating func examine(_ endpoints: ProviderEndpoints) async {
        let uses = [
            ("sign-in", endpoints.authorization), ("tokens", endpoints.token), ("refresh", endpoints.refresh),
            ("revocation", endpoints.revocation), ("userinfo", endpoints.userinfo), ("keys", endpoints.keys),
            ("pushed requests", endpoints.pushedAuthorization),
        ]
        var names: [(origin: String, uses: [String])] = []
        for (use, text) in uses {
            guard let origin = text.flatMap({ WebAddress($0) })?.origin else { continue }
            if let index = names.firstIndex(where: { $0.origin == origin }) {
                names[index].uses.append(use)
            } else {
                names.append((origin, [use]))
            }
        }
        for name in names { await reach(name.origin, for: name.uses.joined(separator: ", ")) }
    }

    /// Calls the root of an origin; whatever it answers, it is there.
    mutating func reach(_ origin: String, for use: String, unless failing: Finding.Sign = .bad) async {
        let (sent, subject) = (Date.now, "endpoints")
        do {
            let response = try await portal.send(OutboundRequest(.get, origin + "/"))
            note(ClockReading(response.header("Date"), sent: sent, received: .now))
        } catch  where !error.isTooLarge {
            let text = "\(origin) (\(use)): \(error.sentence)"
            report.add(Finding(sign: failing, subject: subject, text: text, hints: [.sentence(error.advice)]))
            return
        } catch {
            report.add(.good(subject, "\(origin) (\(use)) answers"))
            return
        }
        let protection = origin.hasPrefix("https:") ? "TLS is good" : "without TLS"
        report.add(.good(subject, "\(origin) (\(use)): the name resolves, the address is allowed, \(protection)"))
    }
}

extension TransportError {
    fileprivate var isTooLarge: Bool { self == .bodyTooLarge || self == .headersTooLarge }
}
