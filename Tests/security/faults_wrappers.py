"""The portal started in other circumstances: under strace from its first instruction, or on a small disk of its own."""

import os
import shlex
import subprocess
from contextlib import contextmanager
from pathlib import Path

import portal


@contextmanager
def started_by(script: Path, *command: str):
    """Whatever starts the binary starts this command with the binary at its end instead."""
    binary = portal.BINARY
    script.write_text(f'#!/bin/sh\nexec {shlex.join([*command, str(binary)])} "$@"\n')
    script.chmod(0o700)
    portal.BINARY = script
    try:
        yield
    finally:
        portal.BINARY = binary


def strace_from_start(output: Path, call: str, inject: str) -> list[str]:
    """The process keeps its id: strace is its grandchild."""
    return [
        "strace",
        "-D",
        "-f",
        "-qq",
        "-o",
        str(output),
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:{inject}",
    ]


class SmallDisk:
    """A mount namespace in which a directory is a file system in memory, of so many bytes."""

    def __init__(self, directory: Path, size: int):
        mount = f"mount -t tmpfs -o size={size},mode=700 tmpfs {shlex.quote(str(directory))}"
        private = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        self._holder = subprocess.Popen(
            [*private, "sh", "-c", f"{mount} && echo mounted && exec cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout.readline() == "mounted\n", "no file system could be mounted in a namespace"
        # As seen from outside.
        self.path = Path(f"/proc/{self._holder.pid}/root{directory}")
        target = ["--target", str(self._holder.pid), "--mount"]
        self.command = ["nsenter", *target, *([] if os.geteuid() == 0 else ["--user"]), f"--wd={portal.REPOSITORY}"]

    def fill(self) -> None:
        """Until not a byte more has room."""
        with (self.path / "ballast").open("wb", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                try:
                    while ballast.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        (self.path / "ballast").unlink(missing_ok=True)

    def close(self) -> None:
        self._holder.communicate()
