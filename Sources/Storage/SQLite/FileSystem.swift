internal import Glibc

/// Where a file lies.
enum FileSystem {
    /// The kinds that other machines may use at the same time, by the number that statfs(2) gives; on them the locks and the
    /// shared memory of SQLite's log do not hold (sqlite.org/wal).
    private static let shared: [Int: String] = [
        0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x5346_414F: "AFS", 0x00C3_6400: "Ceph",
        0x0116_1970: "GFS2", 0x7461_636F: "OCFS2", 0x0BD0_0BD0: "Lustre",
    ]

    /// The name of the network file system that a path lies on; nothing where it is none that is known.
    static func network(at path: String) -> String? {
        var status = statfs()
        guard Glibc.statfs(path, &status) == 0 else { return nil }
        return network(ofType: Int(status.f_type))
    }

    static func network(ofType type: Int) -> String? { shared[type & 0xFFFF_FFFF] }
}
