internal import CLinux
import Glibc

/// Keeps what is in memory, keys and tokens among it, out of core files, debuggers and crash reports.
enum MemoryPrivacy {
    /// For the beginning of the program; `PORTAL_DEBUGGING=yes` leaves everything as it is.
    static func begin(_ environment: [String: String]) {
        guard environment[SettingName.debugging.rawValue] != "yes" else { return }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = linux_set_dumpable(0)
        // Swift's runtime catches these to print registers with the memory that they point to. Whoever sets this
        // variable has said what it shall do.
        guard environment["SWIFT_BACKTRACE"] == nil else { return }
        for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
    }
}
