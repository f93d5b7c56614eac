import Outbound
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoadTests {
    @Test func `a client tells how many requests run and how many wait`() async throws {
        try await withServer(tarpit, maxConnections: 2) { server, client in
            #expect(client.load == (0, 0))
            let asking = Task {
                await withTaskGroup { group in
                    for _ in 0..<5 {
                        group.addTask { _ = await failure(client, OutboundRequest(.get, server.url)) }
                    }
                }
            }
            while client.load != (2, 3) { await Task.yield() }
            asking.cancel()
            await asking.value
            while client.load != (0, 0) { await Task.yield() }
        }
    }
}
