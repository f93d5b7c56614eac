"""HAProxy in front of two portals, which keeps its connections to them."""

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import httpx
from nginx import address
from portal import wait_for

PROGRAM = shutil.which("haproxy") or "/usr/sbin/haproxy"
CONFIGURATION = """
global
    log stdout format raw local0
defaults
    mode http
    log global
    log-format "%[capture.req.method] %[capture.req.uri] %ST"
    timeout connect 2s
    timeout client 10s
    timeout server 10s
    http-reuse always
frontend people
    bind {address}
    default_backend portals
backend portals
{servers}
"""


class HAProxy:
    def __init__(self, directory: Path, url: str, portals: list[str]):
        self._url = url
        self._log = directory / "haproxy.log"
        servers = "\n".join(f"    server portal{number} {address(portal)}" for number, portal in enumerate(portals))
        file = directory / "haproxy.cfg"
        file.write_text(CONFIGURATION.format(address=address(url), servers=servers))
        with self._log.open("wb") as log:
            self._process = subprocess.Popen([PROGRAM, "-db", "-f", file], stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self) -> None:
        wait_for(self._is_ready, 10, lambda: f"haproxy does not answer at {self._url}:\n{self._log.read_text()}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def requests(self) -> list[tuple[str, str]]:
        """For each request so far its path and its status."""
        lines = re.findall(r"^[A-Z]+ (\S+) (-?\d+)$", self._log.read_text(errors="replace"), re.MULTILINE)
        return [(target.partition("?")[0], status) for target, status in lines]

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, f"haproxy ended by itself:\n{self._log.read_text()}"
        try:
            return httpx.get(f"{self._url}/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_haproxy(directory: Path, url: str, portals: list[str]):
    haproxy = HAProxy(directory, url, portals)
    try:
        haproxy.wait_until_ready()
        yield haproxy
    finally:
        haproxy.stop()
