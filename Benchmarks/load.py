"""wrk, which asks a server as fast as it can."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from calls import Call, WrongAnswer
from places import BENCHMARKS
from servers import Server

THREADS = 2
CLIENTS = 64


@dataclass(frozen=True)
class Run:
    """What came of a few seconds."""

    per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    cpu_microseconds: float
    mebibytes: float


class Load:
    """A server under requests that were made beforehand, in random order."""

    def __init__(self, server: Server, calls: Iterable[Call], directory: Path):
        self.server = server
        self._file = directory / f"{server.name}.requests"
        self._file.write_bytes(b"".join(call.message(server.port) + b"\0" for call in calls))

    def run(self, seconds: float, clients: int = CLIENTS) -> Run:
        """Fails unless every answer was a good one."""
        before = self.server.cpu_seconds()
        told = self._wrk(seconds, clients)
        cpu = self.server.cpu_seconds() - before
        if told["refused"] or told["broken"] or not told["requests"]:
            raise WrongAnswer(f"{self.server.name}: {told['refused']} refused, {told['broken']} broken of {told}")
        return Run(
            per_second=told["requests"] / told["microseconds"] * 1e6,
            p50_milliseconds=told["p50"] / 1000,
            p99_milliseconds=told["p99"] / 1000,
            cpu_microseconds=cpu / told["requests"] * 1e6,
            mebibytes=self.server.mebibytes(),
        )

    def _wrk(self, seconds: float, clients: int) -> dict:
        command = ["wrk", f"-t{THREADS}", f"-c{clients}", f"-d{seconds}s", "-s", BENCHMARKS / "wrk/requests.lua"]
        address = f"http://127.0.0.1:{self.server.port}/"
        answer = subprocess.run([*map(str, command), address, "--", str(self._file)], check=True, capture_output=True)
        return json.loads(answer.stdout.splitlines()[-1])
