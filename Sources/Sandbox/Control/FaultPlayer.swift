import Hummingbird
import NIOCore

extension Sandbox {
    /// Answers by `process`, unless faults are switched on for the client and endpoint.
    func withFaults(
        of clientID: String?,
        at endpoint: Faults.Endpoint,
        context: SandboxRequestContext,
        process: () -> Response
    ) async -> Response {
        guard let faults = withState({ $0.takeFaults(of: clientID, at: endpoint) }) else { return process() }
        let processed = faults.afterProcessing ? process() : nil
        if faults.delay > 0 { try? await Task.sleep(for: .seconds(faults.delay)) }
        return await faults.answer(on: context.channel) ?? processed ?? process()
    }
}

extension Faults {
    /// The longest that `Failure.hang` waits for the client to give up.
    private static let patience = Duration.seconds(120)

    /// The faulty answer; `nil` if this is only a delay.
    fileprivate func answer(on channel: any Channel) async -> Response? {
        switch failure {
        case .none: return nil
        case .response: return written
        case .hang:
            await waitForClose(of: channel)
            return await close(channel)
        case .drop: return await close(channel)
        case .trickle: return Response(status: .ok, headers: Self.json, body: Self.trickle)
        case .endless: return Response(status: .ok, headers: Self.json, body: Self.endless)
        case .hugeHeader: return Response(status: .ok, headers: Self.hugeHeader)
        }
    }

    private var written: Response {
        var fields: HTTPFields = [:]
        for (name, value) in headers { fields.set(name, value) }
        let body = ResponseBody(byteBuffer: ByteBuffer(string: body))
        return Response(status: .init(code: status), headers: fields, body: body)
    }

    private func waitForClose(of channel: any Channel) async {
        let start = ContinuousClock.now
        while channel.isActive, !Task.isCancelled, start.duration(to: .now) < Self.patience {
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The response that is returned can no longer be written.
    private func close(_ channel: any Channel) async -> Response {
        try? await channel.close().get()
        return Response(status: .noContent)
    }

    private static let json: HTTPFields = [.contentType: "application/json"]

    private static let trickle = ResponseBody { writer in
        for _ in 0..<200 {
            try await writer.write(ByteBuffer(string: " "))
            try await Task.sleep(for: .seconds(1))
        }
        try await writer.finish(nil)
    }

    private static let endless = ResponseBody { writer in
        let spaces = ByteBuffer(repeating: 0x20, count: 64 * 1024)
        while !Task.isCancelled { try await writer.write(spaces) }
        try await writer.finish(nil)
    }

    private static let hugeHeader: HTTPFields = {
        var fields = json
        for number in 0..<2048 { fields.set("X-Pad-\(number)", String(repeating: "a", count: 8192)) }
        return fields
    }()
}
