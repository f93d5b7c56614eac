"""The servers of the private network: an honest provider at the public address, and a decoy at every other."""

import json
import re
import socket
import ssl
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Lock, Thread

from certificates import Authority

from network_addresses import HONEST, PUBLIC, WORLD
from network_environment import NETRC
from uses import address

PORTS = (443, 80, 8080, 8443, 22, 5432, 6379, 9200)
ACCESS_TOKEN = "a-token-of-the-honest-provider"
TOKEN = {
    "access_token": ACCESS_TOKEN,
    "refresh_token": "a-refresh-token",
    "id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJhZGEifQ.AAAA",
    "token_type": "Bearer",
    "expires_in": 3600,
    "scope": "openid",
}
ISSUER = f"https://{HONEST}/discovery"
ANSWERS = {
    "/token": TOKEN,
    "/refresh": TOKEN,
    "/pushed": {"request_uri": "urn:a-request", "expires_in": 60},
    "/keys": {"keys": []},
    "/account": {"id": "ada", "label": "Ada"},
    "/userinfo": {"sub": "ada", "email": "ada@world.test"},
}


class Internet:
    """Counts who comes where. Whoever so much as connects to a decoy has hit it."""

    def __init__(self, directory: Path):
        authority = Authority(directory, "authority")
        self.authority = authority.certificate
        authority.certify(f"*.{WORLD}", directory / "world.crt")
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(directory / "world.crt", directory / "world.key")
        self._lock = Lock()
        self.hits: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        # Where the honest provider sends people, by the numbers that stand in its addresses.
        self.elsewhere: list[str] = []
        # What somebody sent who had it from elsewhere than the portal: a `.netrc`.
        self.strange: list[str] = []
        for port in PORTS:
            Thread(target=self._serve, args=(port,), daemon=True).start()

    def reset(self) -> tuple[Counter[str], Counter[str]]:
        """Begins to count anew; what was counted so far, at decoys and at the honest provider."""
        with self._lock:
            counted = self.hits, self.requests
            self.hits, self.requests = Counter(), Counter()
        return counted

    def number(self, host: str) -> int:
        """What stands for a host in addresses of the honest provider."""
        if host not in self.elsewhere:
            self.elsewhere.append(host)
        return self.elsewhere.index(host)

    def _serve(self, port: int) -> None:
        with socket.socket(socket.AF_INET6) as server:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind(("::", port))
            server.listen(512)
            while True:
                connection, _ = server.accept()
                Thread(target=self._welcome, args=(connection,), daemon=True).start()

    def _welcome(self, connection: socket.socket) -> None:
        with closing(connection):
            place, port = connection.getsockname()[:2]
            place = place.removeprefix("::ffff:") if "." in place else place
            connection.settimeout(10)
            if (place, port) != (PUBLIC, 443):
                with self._lock:
                    self.hits[f"{place} {port}"] += 1
                return
            try:
                with self._tls.wrap_socket(connection, server_side=True) as secured:
                    self._converse(secured)
            except OSError:
                return

    def _converse(self, connection: ssl.SSLSocket) -> None:
        """Answers until the other side closes."""
        received = b""
        while True:
            while b"\r\n\r\n" not in received:
                if not (more := connection.recv(65536)):
                    return
                received += more
            head, _, received = received.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            missing = int(length[1]) if length else 0
            while len(received) < missing:
                if not (more := connection.recv(65536)):
                    return
                received += more
            received = received[missing:]
            connection.sendall(self._answer(head.decode("latin-1")))

    def _answer(self, head: str) -> bytes:
        path = head.split(" ")[1].partition("?")[0]
        with self._lock:
            self.requests[path] += 1
            if NETRC in head or re.search(r"(?i)\r\nproxy-", head):
                self.strange.append(head)
        if redirect := re.match(r"/redirect/(\d+)/(\d+)", path):
            host = self.elsewhere[int(redirect[2])]
            return message(f"{redirect[1]} Elsewhere", b"", f"Location: {address(host, 'inside')}")
        if metadata := re.match(r"/issuer/([^/]+)/(\d+)/.well-known/openid", path):
            host = self.elsewhere[int(metadata[2])]
            return message("200 OK", json.dumps(discovered(metadata[1], metadata[2], host)).encode())
        if path == "/discovery/.well-known/openid-configuration":
            return message("200 OK", json.dumps(discovered("", "", HONEST) | {"issuer": ISSUER}).encode())
        if "/.well-known/" in path:
            return message("404 Not Found", b"{}")
        return message("201 Created" if path == "/pushed" else "200 OK", json.dumps(ANSWERS.get(path, {})).encode())


def discovered(member: str, number: str, host: str) -> dict[str, str]:
    """The metadata of an issuer that names a host for one of its endpoints."""
    endpoints = {
        "issuer": f"https://{HONEST}/issuer/{member}/{number}",
        "authorization_endpoint": f"https://{HONEST}/authorize",
        "token_endpoint": f"https://{HONEST}/token",
    }
    return endpoints | {member: address(host, member)}


def message(status: str, body: bytes, *fields: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/json", *fields]
    return "\r\n".join([*lines, "", ""]).encode() + body
