internal import CLinux
import Foundation

/// Lets go of the memory that only starting needed.
///
/// The kernel counts every page of the program that was run as resident, with those around it, and keeps such pages
/// longer than others when memory is short. What is needed again is mapped again, from where the kernel has it.
enum StartingMemory {
    static func release() {
        malloc_trim(0)
        guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return }
        for line in maps.split(separator: "\n") {
            guard let code = Self.code(line) else { continue }
            madvise(UnsafeMutableRawPointer(bitPattern: code.lowerBound), code.count, MADV_DONTNEED)
        }
    }

    /// The addresses in a line of proc_pid_maps(5), where they hold code of a file: nobody ever writes there, so that
    /// nothing is lost with the pages.
    static func code(_ line: some StringProtocol) -> Range<UInt>? {
        let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
        guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).hasPrefix("/") else {
            return nil
        }
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
        return bounds[0]..<bounds[1]
    }
}
