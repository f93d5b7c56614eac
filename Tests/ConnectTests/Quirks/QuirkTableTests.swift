import TestSupport
import Testing

/// Every shape of a provider in the catalog is connected, renewed and ended at a sandbox that insists on it.
///
/// One after the other, so that others have some of the machine; what is kept is the same on every engine.
@Suite(.serialized, .enabled(if: TestEngine.standard == .sqlite)) struct QuirkTableTests {
    @Test(arguments: try Shape.all.get())
    func `the whole way works, for every integration of a shape`(shape: Shape) async throws {
        for option in shape.options {
            let faults = try await QuirkJourney.faults(of: option)
            #expect(faults.isEmpty, "\(option.name): \(faults.joined(separator: "; "))")
        }
    }

    @Test(arguments: try Ignored.all.get())
    func `a portal that ignores an oddity fails`(ignored: Ignored) async throws {
        let blind = try #require(ignored.option.ignoring(ignored.oddity))
        #expect(try await !QuirkJourney.faults(of: ignored.option, asRead: blind).isEmpty)
    }

    @Test func `every option of the catalog has one shape`() throws {
        let (options, shapes) = (try CatalogOption.all.get(), try Shape.all.get())
        #expect(shapes.flatMap(\.options).map(\.name).sorted() == options.map(\.name).sorted())
        #expect(Set(shapes.map(\.oddities)).count == shapes.count)
        #expect(shapes.count >= 120)
        #expect(options.count >= 200)
    }
}
