internal import Foundation

/// Where a file lies.
enum FileSystem {
    /// The kinds that other machines may use at the same time, as proc_mounts(5) names them; on them the locks and the shared
    /// memory of SQLite's log do not hold (sqlite.org/wal).
    private static let shared: Set = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "gfs2", "ocfs2", "lustre", "glusterfs", "fuse.glusterfs",
        "fuse.sshfs",
    ]

    /// The kind of the network file system that a path lies on; nothing where it is none that is known.
    static func network(at path: String) -> String? {
        guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else { return nil }
        return network(at: URL(fileURLWithPath: path).resolvingSymlinksInPath().path, mounts: mounts)
    }

    /// Of the mounts above a path the longest counts, and of those the last.
    static func network(at path: String, mounts: String) -> String? {
        var best = (length: -1, kind: "")
        for line in mounts.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count > 2 else { continue }
            let place = parts[1].replacing("\\040", with: " ")
            let isAbove = place == "/" || path == place || path.hasPrefix(place + "/")
            if isAbove, place.count >= best.length { best = (place.count, String(parts[2])) }
        }
        return shared.contains(best.kind) ? best.kind : nil
    }
}
