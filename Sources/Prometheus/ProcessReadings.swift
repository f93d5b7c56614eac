internal import Glibc
internal import Foundation

extension Registry {
    /// What every client library of Prometheus tells about its process, under the same names.
    public func readProcess() {
        reading("process_cpu_seconds_total", "User and system CPU time spent.", as: .counter) { Process.cpuSeconds }
        reading("process_resident_memory_bytes", "Memory in use, without what is swapped out.") {
            Process.pages(at: 1)
        }
        reading("process_virtual_memory_bytes", "Address space in use.") { Process.pages(at: 0) }
        reading("process_open_fds", "Open file descriptors.") { Process.openFiles }
        reading("process_max_fds", "The limit of open file descriptors.") { Process.maxFiles }
        reading("process_threads", "Threads of the operating system.") { Process.stat(19) }
        reading("process_start_time_seconds", "When the process started, since 1970.") { Process.startTime }
    }
}

/// What Linux tells about this process; nothing where `/proc` is not to be seen.
private enum Process {
    static var cpuSeconds: Double? { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    static func pages(at index: Int) -> Double? {
        let fields = text("/proc/self/statm")?.split(separator: " ") ?? []
        guard fields.indices.contains(index) else { return nil }
        return Double(fields[index]).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
    }

    /// The directory that is open for counting is one of them, and not counted.
    static var openFiles: Double? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    static var maxFiles: Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return limit.rlim_cur == rlim_t.max ? .infinity : Double(limit.rlim_cur)
    }

    /// From the time since the machine started, which is no file of another process.
    static let startTime: Double? = {
        guard let now = seconds(CLOCK_REALTIME), let uptime = seconds(CLOCK_BOOTTIME), let ticks = stat(21) else {
            return nil
        }
        return now - uptime + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }()

    /// A field of `/proc/self/stat`, counted from 0; the second may itself have spaces and ends with the last `)`.
    static func stat(_ index: Int) -> Double? {
        guard let fields = text("/proc/self/stat")?.split(separator: ")").last?.split(separator: " ") else {
            return nil
        }
        return fields.indices.contains(index - 2) ? Double(fields[index - 2]) : nil
    }

    private static func seconds(_ clock: clockid_t) -> Double? {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
