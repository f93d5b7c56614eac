"""nginx as the TLS side of a server that speaks plain HTTP, with a good certificate and with bad ones."""

import ssl
import subprocess
from pathlib import Path

import httpx
from certificates import Authority
from nginx import AROUND, PROGRAM
from portal import free_port_pair, wait_for

START_SECONDS = 10
SERVER = """
server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    access_log {log};
    location / {{
        proxy_pass {upstream};
        proxy_set_header Host $http_host;
    }}
}}
"""


class TLSFront:
    """One address for each kind of certificate; who trusts `authority`, and nobody else, accepts only the good one."""

    def __init__(self, directory: Path):
        self._directory = directory
        first, second = free_port_pair(), free_port_pair()
        self._ports = {"good": first, "expired": first + 1, "wrong-name": second, "unknown-authority": second + 1}
        ours, stranger = Authority(directory, "authority"), Authority(directory, "stranger")
        self.authority, self.stranger = ours.certificate, stranger.certificate
        ours.certify("localhost", self._file("good", ".crt"))
        ours.certify("localhost", self._file("expired", ".crt"), days=-1)
        ours.certify("elsewhere.example", self._file("wrong-name", ".crt"))
        stranger.certify("localhost", self._file("unknown-authority", ".crt"))

    def url(self, certificate: str = "good") -> str:
        return f"https://localhost:{self._ports[certificate]}"

    def start(self, upstream: str) -> None:
        """In front of the server at this address."""
        servers = "".join(self._server(name, port, upstream) for name, port in self._ports.items())
        file = self._file("nginx", ".conf")
        file.write_text(AROUND.format(directory=self._directory, example=servers))
        errors = self._file("error", ".log")
        self._process = subprocess.Popen([PROGRAM, "-p", self._directory, "-e", errors, "-c", file])

    def wait_until_ready(self) -> None:
        wait_for(self._is_ready, START_SECONDS, lambda: f"nginx does not answer at {self.url()}")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def requests(self, certificate: str) -> str:
        """The log of what came through under this certificate."""
        return self._file(certificate, ".log").read_text()

    def _server(self, name: str, port: int, upstream: str) -> str:
        certificate, key, log = (self._file(name, suffix) for suffix in (".crt", ".key", ".log"))
        return SERVER.format(port=port, certificate=certificate, key=key, log=log, upstream=upstream)

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, "nginx ended by itself"
        try:
            return httpx.get(self.url(), verify=ssl.create_default_context(cafile=self.authority)).is_success
        except httpx.TransportError:
            return False

    def _file(self, name: str, suffix: str) -> Path:
        return self._directory / f"{name}{suffix}"
