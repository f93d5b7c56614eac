"""The real binary, started as `connect-portal demo`, or another command, on free ports with an empty database."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from secrets import token_urlsafe

import httpx

REPOSITORY = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("CONNECT_PORTAL_BIN", REPOSITORY / ".build/debug/connect-portal"))
START_SECONDS = 30
STOP_SECONDS = 15
# The least `expiresIn` that a connect token may have, in seconds.
SHORTEST_LIFETIME = 60
API_KEY = re.compile(r"\bwvz_[0-9A-Za-z]{32}\b")
WORKSPACE = re.compile(r"workspace\b.{0,120}?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE | re.DOTALL)


class Portal:
    """A running portal, with the sandbox provider that the demo has, and what it printed at its first start."""

    def __init__(self, directory: Path, command: str = "demo", **settings: str):
        self.directory = directory
        self.command = command
        self.log_path = directory / "portal.log"
        port = free_port_pair()
        self.url = f"http://localhost:{port}"
        self.sandbox_url = f"http://localhost:{port + 1}"
        self._environment = environment_without_settings() | {
            "PORTAL_PORT": str(port),
            "PORTAL_DATABASE_URL": f"sqlite:{directory}/portal.sqlite",
            "PORTAL_RATE_LIMIT": "0",
            "PORTAL_PUBLIC_RATE_LIMIT": "0",
        }
        if command == "demo":
            self._environment["PORTAL_OAUTH_APPS"] = str(self._oauth_apps(directory))
        self.start(**settings)

    def start(self, **settings: str) -> None:
        """Starts the process, with other settings where given."""
        self._environment |= settings
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [BINARY, self.command],
                cwd=REPOSITORY,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _oauth_apps(self, directory: Path) -> Path:
        """The portal's registration at the sandbox, with a client secret that the tests know."""
        self.client_secret = token_urlsafe()
        app = {"integrationName": "sandbox", "clientId": "connect-portal-demo", "clientSecret": self.client_secret}
        file = directory.with_name(directory.name + "-oauth-apps.yaml")
        file.write_text(json.dumps([app]))
        return file

    def wait_until_ready(self) -> None:
        wait_for(self._is_ready, START_SECONDS, lambda: f"no answer from {self.url}/ready; the log says:\n{self.log}")

    @cached_property
    def api_key(self) -> str:
        return self._printed(API_KEY, "API key", group=0)

    @cached_property
    def workspace_id(self) -> str:
        return self._printed(WORKSPACE, "workspace id", group=1)

    @property
    def database_url(self) -> str:
        return self._environment["PORTAL_DATABASE_URL"]

    def stop(self) -> int:
        """Asks the process, which must still run, to end; returns its exit code."""
        assert self.process.poll() is None, f"ended by itself with exit code {self.process.returncode}:\n{self.log}"
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"still running {STOP_SECONDS} s after SIGTERM; the log says:\n{self.log}") from None

    def restart(self, **settings: str) -> None:
        assert self.stop() == 0, self.log
        self.start(**settings)
        self.wait_until_ready()

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def _is_ready(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"ended with exit code {self.process.returncode}; the log says:\n{self.log}")
        try:
            return httpx.get(f"{self.url}/ready", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def _printed(self, pattern: re.Pattern[str], what: str, group: int) -> str:
        wait_for(lambda: pattern.search(self.log), 5, lambda: f"no {what} was printed:\n{self.log}")
        return pattern.search(self.log).group(group)


@contextmanager
def running_portal(directory: Path, **settings: str):
    """A portal of its own, with settings by name, that must end well."""
    portal = Portal(directory, **settings)
    try:
        portal.wait_until_ready()
        yield portal
    finally:
        exit_code = portal.stop()
    assert exit_code == 0, f"exit code {exit_code} after SIGTERM; the log says:\n{portal.log}"


def run_command(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    """Runs the binary to its end."""
    return subprocess.run(
        [BINARY, *arguments],
        cwd=REPOSITORY,
        env=environment_without_settings() | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
    )


def environment_without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}


def wait_for(condition, seconds: float, complaint) -> None:
    """Asks again and again until the condition holds, at most for the given time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.05)


def free_port_pair() -> int:
    """A free port whose successor, which the sandbox takes, is free too."""
    for _ in range(50):
        with closing(socket.socket()) as first, closing(socket.socket()) as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue
    raise AssertionError("found no two free ports in a row")
