"""The servers that are measured, each on a free port of this machine."""

import os
import random
import signal
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

import processes
from places import BENCHMARKS, KEPT, RELEASE, REPOSITORY

START_SECONDS = 30
STOP_SECONDS = 15


class Server:
    """A process that answers on a port."""

    def __init__(self, name: str, command: list, port: int, log: Path, probe: str = "/health", **environment: str):
        self.name, self.port = name, port
        self._log = log
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")} | environment
        started = time.monotonic()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                list(map(str, command)),
                cwd=REPOSITORY,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A ctrl-C is for the benchmark, which then stops its servers one after another.
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers(probe)
        except BaseException:
            self.stop()
            raise
        self.milliseconds_to_first_answer = (time.monotonic() - started) * 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def cpu_seconds(self) -> float:
        return processes.cpu_seconds(self._process.pid)

    def mebibytes(self) -> float:
        return processes.resident_mebibytes(self._process.pid)

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def stop(self) -> None:
        if self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _wait_until_it_answers(self, probe: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.port, probe):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not start:\n{self.log()[-4000:]}")
            time.sleep(0.001)


def portal(
    binary: Path,
    database: Path,
    command: str = "serve",
    port: int | None = None,
    name: str = "portal",
    **settings: str,
) -> Server:
    """The portal with everything on: its limits count without refusing, and its log is written as by default."""
    port = port or free_port()
    standard = {
        "PORTAL_PORT": str(port),
        "PORTAL_DATABASE_URL": f"sqlite:{database}",
        "PORTAL_RATE_LIMIT": "60000000",
        "PORTAL_PUBLIC_RATE_LIMIT": "60000000",
    }
    log = database.with_suffix(".log")
    return Server(name, [binary, command], port, log, **(standard | settings))


def hello(directory: Path) -> Server:
    port = free_port()
    return Server("hello", [RELEASE / "Hello", port], port, directory / "hello.log", probe="/")


def go(database: Path) -> Server:
    port = free_port()
    command = [KEPT / "go-peer", "-address", f"127.0.0.1:{port}", "-database", database]
    return Server("go", command, port, database.with_suffix(".go.log"))


def fastapi(database: Path) -> Server:
    port = free_port()
    command = [
        *(KEPT / "venv/bin/python", "-m", "uvicorn", "--app-dir", BENCHMARKS / "peers/fastapi", "app:app"),
        *("--port", port, "--workers", os.cpu_count() or 2, "--no-access-log"),
    ]
    return Server("fastapi", command, port, database.with_suffix(".fastapi.log"), DATABASE=str(database))


def answers(port: int, path: str) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), 1)) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def free_port() -> int:
    """One whose successor, which the simulated provider takes, is free too.

    Below those that connections get by themselves: after a measurement thousands of these wait for a minute.
    """
    for port in random.sample(range(20_000, 32_000, 2), 50):
        with closing(socket.socket()) as first, closing(socket.socket()) as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
                return port
            except OSError:
                continue
    raise RuntimeError("found no two free ports in a row")
