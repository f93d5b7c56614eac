import Foundation

/// What libFuzzer calls first; `FUZZ_TARGET` says for which target.
@c(LLVMFuzzerInitialize)
public func initialize(
    _: UnsafeMutablePointer<CInt>?,
    _: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    // What is made once and kept is no leak; the checker cannot see it where Swift packs bits into a pointer.
    ignoreLeaks()
    chosenTarget.prepare()
    chosenTarget.run(Sample(bytes: []))
    heedLeaks()
    return 0
}

/// What libFuzzer calls with everything that it makes up.
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
    return target
}()

@_silgen_name("__lsan_disable") private func ignoreLeaks()
@_silgen_name("__lsan_enable") private func heedLeaks()
