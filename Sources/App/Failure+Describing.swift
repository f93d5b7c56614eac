import Connect
import Foundation
import Integrations
import NIOCore
import Storage

extension Failure {
    /// The line for an error from below.
    init(describing error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as IOError where error.errnoCode == EADDRINUSE:
            self = .failed("the address is in use: another program listens on this port (PORTAL_PORT)")
        case let error as IOError where error.errnoCode == EACCES || error.errnoCode == EADDRNOTAVAIL:
            self = .failed("cannot listen on PORTAL_HOST and PORTAL_PORT: \(error.description)")
        case let error as PortalError: self = .failed(error.sentence)
        case let error as WrongEncryptionKeyError: self = .configuration(error.description)
        case let error as ActivityFault: self = .failed("the audit log is not as it was written: \(error)")
        case let error as KeyRingError: self = .configuration("PORTAL_ENCRYPTION_KEYS: \(error)")
        case let error as CatalogError: self = .configuration("\(error)")
        case let error as DefinitionError: self = .configuration("\(error)")
        default: self = .failed("\(error)".split(separator: "\n").joined(separator: " "))
        }
    }
}
