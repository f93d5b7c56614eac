"""Runs a command under the system call filter of a unit, as systemd would, but kills where systemd refuses.

/usr/bin/python3 unit_filter.py CALLS FAMILIES COMMAND…   (Debian's python3-seccomp; each list with commas)
"""

import errno
import os
import socket
import sys

from seccomp import ALLOW, ERRNO, KILL_PROCESS, MASKED_EQ, Arg, SyscallFilter

WRITE_AND_RUN = 0x2 | 0x4
RUN = 0x4


def main() -> None:
    calls, families, *command = sys.argv[1:]
    rules = SyscallFilter(KILL_PROCESS)
    for call in calls.split(","):
        try:
            add(rules, call, families)
        except RuntimeError:
            # Of another architecture.
            continue
    rules.load()
    os.execvp(command[0], command)


def add(rules: SyscallFilter, call: str, families: str) -> None:
    match call:
        case "socket":
            numbers = [getattr(socket, family) for family in families.split(",")]
            for number in range(48):
                action = ALLOW if number in numbers else ERRNO(errno.EAFNOSUPPORT)
                rules.add_rule_exactly(action, call, Arg(0, MASKED_EQ, 0xFFFFFFFF, number))
        # MemoryDenyWriteExecute=: memory is never both, and none begins to be run (but the loader maps files so).
        case "mmap":
            for flags in (0, 1, 2, 3, 4, 5):
                rules.add_rule_exactly(ALLOW, call, Arg(2, MASKED_EQ, WRITE_AND_RUN | 1, flags))
        case "mprotect" | "pkey_mprotect":
            rules.add_rule_exactly(ALLOW, call, Arg(2, MASKED_EQ, RUN, 0))
        case _:
            rules.add_rule(ALLOW, call)


if __name__ == "__main__":
    main()
