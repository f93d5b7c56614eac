import HTTPTypes
import StrictJSON
import Testing

@testable import Sandbox

private let json = ["Content-Type": "application/json"]

/// New signing keys, by the control API.
@Suite struct KeyRotationTests {
    @Test(arguments: [(nil, true), (#"{"keepOld":true}"#, true), (#"{"keepOld":false}"#, false)] as [(String?, Bool)])
    func newKeysSignAndTheOldOnesMayStay(_ body: String?, staysReadable: Bool) async throws {
        try await withSandbox { driver in
            let old = try IDToken(await driver.tokens())
            let before = try await driver.keys()
            let answer = try await driver.send(.post, "/control/rotate-keys", body: body, headers: json)
            #expect(answer.status == 204)
            let new = try IDToken(await driver.tokens())
            let after = try await driver.keys()
            #expect(try !new.verifies(with: before))
            #expect(try new.verifies(with: after))
            #expect(try old.verifies(with: after) == staysReadable)
        }
    }

    @Test func otherPagesCannotRotate() async throws {
        try await withSandbox { driver async throws in
            #expect(try await driver.send(.post, "/control/rotate-keys").status == 415)
        }
    }
}
