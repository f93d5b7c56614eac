import Foundation

/// What libFuzzer calls with everything that it makes up; `FUZZ_TARGET` says for which target.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosenTarget.run(Sample(bytes: Array(UnsafeBufferPointer(start: bytes, count: count))))
    return 0
}

private let chosenTarget: Target = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = Target.all.first(where: { $0.name == name }) else {
        fatalError("FUZZ_TARGET must be one of \(Target.all.map(\.name).joined(separator: ", "))")
    }
    // What is made once and kept is no leak; the checker cannot see it where Swift packs bits into a pointer.
    ignoreLeaks()
    target.run(Sample(bytes: []))
    heedLeaks()
    return target
}()

@_silgen_name("__lsan_disable") private func ignoreLeaks()
@_silgen_name("__lsan_enable") private func heedLeaks()
