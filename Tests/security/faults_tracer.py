"""A running process under strace: which system calls it makes, and which of them fail."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from portal import wait_for

ATTACH_SECONDS = 10


class Tracer:
    """strace beside a process, from now on; it counts the calls of each thread by itself."""

    def __init__(self, pid: int, output: Path, calls: str, inject: str | None = None, *only: Path):
        self._output = output
        output.write_text("")
        command = ["strace", "-f", "-e", f"trace={calls}", "-o", str(output), "-p", str(pid)]
        command += ["-e", f"inject={inject}"] if inject else []
        command += [word for file in only for word in ("-P", str(file))]
        self._strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        # Told once every thread is followed; what -P resolves comes before.
        line = next((line for line in self._strace.stderr if "attached" in line), None)
        assert line, f"strace did not attach: exit code {self._strace.wait(ATTACH_SECONDS)}"

    @property
    def lines(self) -> list[str]:
        return self._output.read_text(errors="replace").splitlines()

    @property
    def hits(self) -> int:
        """How many calls were made to fail, or killed the process."""
        return sum("INJECTED" in line or "killed by SIGKILL" in line for line in self.lines)

    def count(self, call: str) -> int:
        return sum(f" {call}(" in line or f"{call} resumed>" in line for line in self.lines if "unfinished" not in line)

    def wait_for_hit(self) -> None:
        wait_for(lambda: self.hits, ATTACH_SECONDS, lambda: f"nothing failed in {len(self.lines)} calls")

    def detach(self) -> None:
        if self._strace.poll() is None:
            self._strace.terminate()
        self._strace.wait(ATTACH_SECONDS)
        self._strace.stderr.close()


@contextmanager
def tracing(pid: int, output: Path, calls: str, inject: str | None = None, *only: Path):
    """`calls` and `inject` in strace's words; `only` for calls on these files."""
    tracer = Tracer(pid, output, calls, inject, *only)
    try:
        yield tracer
    finally:
        tracer.detach()
