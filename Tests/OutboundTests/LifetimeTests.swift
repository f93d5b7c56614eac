import Outbound
import ServiceLifecycle
import Logging
import Testing

/// Cancellation, shutdown and crowds.
@Suite(.timeLimit(.minutes(1)))
struct LifetimeTests {
    @Test func `cancelling the task cancels the transfer at once`() async throws {
        try await withServer(tarpit) { server, client in
            let task = Task { await failure(client, OutboundRequest(.get, server.url)) }
            await server.received()
            let duration = await ContinuousClock().measure {
                task.cancel()
                #expect(await task.value == .cancelled)
            }
            // Far below the time limit of the request, and enough for a busy machine.
            #expect(duration < .seconds(8))
        }
    }

    @Test func `a cancelled task sends nothing`() async throws {
        try await withServer(echo) { server, client in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await failure(client, OutboundRequest(.get, server.url))
            }
            #expect(await task.value == .cancelled)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `shutting down ends running and waiting requests, and refuses new ones`() async throws {
        try await withServer(tarpit, maxConnections: 1) { server, client in
            await withTaskGroup { group in
                for _ in 0..<3 { group.addTask { await failure(client, OutboundRequest(.get, server.url)) } }
                await server.received()
                await client.shutDown()
                for await error in group { #expect(error == .shutDown) }
            }
            #expect(await failure(client, OutboundRequest(.get, server.url)) == .shutDown)
        }
    }

    @Test func `a service group runs the client and ends it`() async throws {
        let client = try OutboundClient(policy: loopback())
        let group = ServiceGroup(services: [client], logger: Logger(label: "test"))
        async let end: Void = group.run()
        await group.triggerGracefulShutdown()
        try await end
        #expect(await failure(client, OutboundRequest(.get, "http://127.0.0.1:1")) == .shutDown)
    }

    @Test func `a crowd is served over few connections`() async throws {
        try await withServer(echo) { server, client in
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let request = OutboundRequest(.post, server.url, body: Array("\(number)".utf8))
                        return try await client.execute(request).text
                    }
                }
                let answers = try await group.reduce(into: Set<String>()) { $0.insert($1) }
                #expect(answers.count == 200)
            }
            #expect(server.connectionCount <= 8)
        }
    }

    @Test func `servers that never answer do not starve a healthy one`() async throws {
        let slow = try TestServer(tarpit)
        defer { slow.stop() }
        try await withServer(echo) { server, client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 { group.addTask { _ = await failure(client, OutboundRequest(.get, slow.url)) } }
                await slow.received(8)
                _ = try await client.execute(OutboundRequest(.get, server.url))
                // Later, silence is given up, and others take the places.
                #expect(slow.connectionCount == 8)
                // Together faster than silence is given up (10 s).
                for _ in 0..<20 {
                    let duration = try await ContinuousClock().measure {
                        _ = try await client.execute(OutboundRequest(.get, server.url))
                    }
                    // Far below the time limit of the request, and enough for a busy machine.
                    #expect(duration < .seconds(8))
                }
                group.cancelAll()
            }
        }
    }

    @Test func `more than may wait are turned away at once`() async throws {
        try await withServer(tarpit, maxConnections: 1, maxQueued: 1) { server, client in
            await withTaskGroup { group in
                for _ in 0..<3 { group.addTask { await failure(client, OutboundRequest(.get, server.url)) } }
                #expect(await group.next() == .overloaded)
                group.cancelAll()
                for await error in group { #expect(error == .cancelled) }
            }
        }
    }

    @Test func `waiting for a connection counts against the timeout`() async throws {
        try await withServer(tarpit, maxConnections: 1) { server, client in
            let first = Task { await failure(client, OutboundRequest(.get, server.url)) }
            await server.received()
            var request = OutboundRequest(.post, server.url)
            request.limits.timeout = .milliseconds(100)
            #expect(await failure(client, request) == .overloaded)
            first.cancel()
            #expect(await first.value == .cancelled)
        }
    }
}
