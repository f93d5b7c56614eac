import Glibc

/// How many files and sockets the process may have open at once: its limit, and what it is spent on.
enum OpenFiles {
    /// For the database, calls to providers, the log and what the runtime itself opens.
    private static let reserve = 256

    /// Raises the process's own limit as far as it may, and returns how many clients there is room for, at most as many as
    /// wanted.
    static func room(forClients wanted: Int, beside others: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return wanted }
        let needed = rlim_t(wanted + others + reserve)
        if limit.rlim_cur < needed {
            limit.rlim_cur = min(needed, limit.rlim_max)
            guard setrlimit(kind, &limit) == 0, getrlimit(kind, &limit) == 0 else { return 0 }
        }
        return min(wanted, Int(clamping: limit.rlim_cur) - others - reserve)
    }

    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
}
