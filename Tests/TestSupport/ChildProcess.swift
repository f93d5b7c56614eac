internal import CLinux
public import Foundation
internal import Glibc

/// Another program, with nothing of ours but what it is given.
///
/// Foundation's own reads past the list of open files where there are very many, as there are while all tests run.
public final class ChildProcess: Sendable {
    private let id: pid_t

    /// Throws where it cannot be started; what is not given is `/dev/null`.
    public init(_ program: String, _ arguments: [String], input: FileHandle? = nil, output: FileHandle? = nil) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, file) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, nil)] {
            if let file {
                posix_spawn_file_actions_adddup2(&actions, file.fileDescriptor, number)
            } else {
                posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
            }
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        // Not the whole environment, which other tests change while it would be copied.
        let environment = [strdup("PATH=\(String(cString: getenv("PATH")))"), nil]
        defer { for text in words + environment { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, program, &actions, nil, words, environment)
        guard code == 0 else { throw POSIXError(.init(rawValue: code) ?? .EIO) }
        self.id = id
    }

    public func kill() { _ = Glibc.kill(id, SIGKILL) }

    public func waitUntilExit() {
        var status: CInt = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
    }
}
