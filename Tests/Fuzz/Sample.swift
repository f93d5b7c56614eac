import Foundation

/// What libFuzzer made up.
struct Sample: Sendable {
    let bytes: [UInt8]

    /// As a web server hands on what came in: what is no UTF-8 is replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The lines, of which the first ones often choose something.
    var lines: [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The first line, and everything behind it.
    var head: (line: String, rest: [UInt8]) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[end...].dropFirst()))
    }
}

extension Sample {
    /// The lines from one on as `name=value`; of a name that is there twice the last.
    func values(from line: Int) -> [String: String] {
        lines.dropFirst(line).reduce(into: [:]) { values, line in
            let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2 { values[String(halves[0])] = String(halves[1]) }
        }
    }

    /// Something that was right, changed as the sample says: every four bytes are one change.
    func editing(_ right: [UInt8]) -> [UInt8] {
        var edited = right
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            let value = bytes[start + 3]
            let place = (Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])) % (edited.count + 1)
            let following = min(Int(value), edited.count - place)
            switch bytes[start] % 6 {
            case 0 where place < edited.count: edited[place] ^= value
            case 1: edited.insert(value, at: place)
            case 2: edited.removeSubrange(place..<place + following)
            case 3: edited.removeSubrange(place...)
            case 4: edited.insert(contentsOf: edited[place..<place + following], at: place)
            case 5 where place < edited.count: edited[place] = value
            default: break
            }
        }
        return edited
    }
}

/// Waits for something asynchronous, which libFuzzer knows nothing about.
func wait<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Late<Value>()
    Task.detached {
        result.value = await work()
        done.signal()
    }
    done.wait()
    guard let value = result.value else { fatalError("signalled without a value") }
    return value
}

/// Written before the semaphore is signalled and read after it.
private final class Late<Value: Sendable>: @unchecked Sendable {
    var value: Value?
}
