import Hummingbird
import StrictJSON

/// Changes of what clients discover, which concern all of them.
extension Sandbox {
    func patchMetadata(_ request: Request) async throws -> Response {
        let patch: JSON
        switch try await Self.body(of: request) {
        case .success(let json): patch = json
        case .failure(let error): return Self.refuse(.badRequest, error.description)
        }
        var changes = withState { $0.metadata }
        do throws(SwitchError) { try changes.apply(patch, named: "metadata") } catch {
            return Self.refuse(.badRequest, "\(error.name) \(error.problem)")
        }
        let changed = changes
        withState { $0.metadata = changed }
        return .json(changed.json)
    }

    /// `{"keepOld": false}` also ends all tokens' signatures: the old keys leave the set.
    func rotateKeys(_ request: Request) async throws -> Response {
        if let refusal = Self.refuseOtherPages(request) { return refusal }
        let buffer = try await request.body.collect(upTo: FormParameters.bodyLimit)
        let body = try? JSON.parse(Array(buffer.readableBytesView))
        rotateKeys(keepingOld: body?["keepOld"]?.bool ?? true)
        return Response(status: .noContent)
    }
}
