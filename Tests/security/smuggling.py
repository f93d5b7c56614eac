"""Whether a request that is hidden in another is ever carried out, directly and behind proxies.

The hidden one removes a workspace, with a key that may. Behind a proxy it may be carried out only if the proxy knew of
it as a request of its own. And nobody else may ever get an answer that was meant for it.
"""

import re
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from clients import client_of
from nginx import running_nginx
from portal import free_port_pair, running_portal

from folders import made
from smuggling_corpus import Smuggled, everything
from smuggling_haproxy import running_haproxy

PATIENCE_SECONDS = 6
AT_ONCE = 16
# What somebody else asks for, each with an answer of its own.
ORDINARY = ("/health", "/favicon.svg", "/connect.d.ts")


def main(directory: Path) -> list[str]:
    corpus = everything()
    problems: list[str] = []
    counts = []
    with running_portal(made(directory / "portal"), command="serve") as portal, client_of(portal) as app:
        field = Field(portal, app)
        answers = field.attack(corpus, portal.url)
        problems += [f"directly, {fault}" for fault in refusals(answers)]
        problems += [f"directly, {attack}: carried out" for attack in field.carried_out()]
        closed = sum(attack.is_refused for attack in corpus)
        counts.append(f"{len(corpus)} directly, {closed} of them to be refused")
        for name, running in (("nginx", running_nginx), ("haproxy", running_haproxy)):
            url = f"http://localhost:{free_port_pair()}"
            with running(made(directory / name), url, [portal.url, portal.url]) as proxy:
                problems += [f"behind {name}, {fault}" for fault in field.attack_by(proxy, corpus, url)]
            counts.append(f"{len(corpus)} behind {name}")
    for problem in problems:
        print(problem)
    print(f"{', '.join(counts)}; {len(problems)} problems")
    return problems


class Field:
    """A portal with workspaces that are to be removed, one for each attack."""

    def __init__(self, portal, app: httpx.Client):
        self._portal, self._app = portal, app
        self._victims: dict[Smuggled, str] = {}

    def attack(self, corpus: list[Smuggled], url: str) -> dict[Smuggled, bytes | None]:
        """What came back for each until the connection was closed; nothing where it was not."""
        self._victims = {attack: self._new_workspace() for attack in corpus}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = pool.map(lambda attack: converse(url, self._request(attack, url)), corpus)
            return dict(zip(corpus, answers, strict=True))

    def attack_by(self, proxy, corpus: list[Smuggled], url: str) -> list[str]:
        """One after the other, each followed by somebody else's request, over the same connections to the portal."""
        problems = []
        self._victims = {attack: self._new_workspace() for attack in corpus}
        with httpx.Client(base_url=url, timeout=10) as other:
            ordinary = {path: other.get(path).content for path in ORDINARY}
            for attack in corpus:
                converse(url, self._request(attack, url), patience=0.5)
                for path, expected in ordinary.items():
                    answer = other.get(path)
                    if (answer.status_code, answer.content) != (200, expected):
                        problems.append(f"{attack}: somebody else was answered {answer.status_code} {answer.text[:80]}")
        known = {path for path, _ in proxy.requests()}
        # As the proxy saw it, it was an ordinary request.
        return problems + [
            f"{attack}: carried out unseen"
            for attack in self.carried_out()
            if f"/api/v1/workspaces/{self._victims[attack]}" not in known
        ]

    def carried_out(self) -> list[Smuggled]:
        return [
            attack
            for attack, victim in self._victims.items()
            if self._app.get(f"/workspaces/{victim}").status_code != 200
        ]

    def _request(self, attack: Smuggled, url: str) -> bytes:
        host = urlsplit(url).netloc.encode()
        hidden = f"DELETE /api/v1/workspaces/{self._victims[attack]} HTTP/1.1\r\nHost: {{host}}\r\n"
        hidden += f"Authorization: Bearer {self._portal.api_key}\r\n\r\n"
        # Its length is counted when it is wrapped, so the host comes first.
        wrapped = attack.wrap(hidden.encode().replace(b"{host}", host))
        return wrapped.replace(b"{host}", host)

    def _new_workspace(self) -> str:
        name = f"field-{time.monotonic_ns()}"
        answer = self._app.post("/workspaces", json={"name": name, "slug": name})
        assert answer.status_code == 201, answer.text
        return answer.json()["workspace"]["id"]


def converse(url: str, request: bytes, patience: float = PATIENCE_SECONDS) -> bytes | None:
    """What comes back until the connection is closed; nothing where it stays open, or nobody answers."""
    address = urlsplit(url)
    received = b""
    deadline = time.monotonic() + patience
    try:
        with socket.create_connection((address.hostname, address.port), timeout=patience) as connection:
            connection.sendall(request)
            while (left := deadline - time.monotonic()) > 0:
                connection.settimeout(left)
                if not (more := connection.recv(65536)):
                    return received
                received += more
    except TimeoutError:
        return None
    except OSError:
        return received
    return None


def refusals(answers: dict[Smuggled, bytes | None]) -> list[str]:
    """What is wrong with the answers to what must be refused: one error, and the end of the connection."""
    problems = []
    for attack, received in answers.items():
        statuses = [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received or b"")]
        if received is None and attack.is_refused:
            problems.append(f"{attack}: the connection stayed open")
        elif attack.is_refused and (len(statuses) > 1 or not all(400 <= status < 600 for status in statuses)):
            problems.append(f"{attack}: answered {statuses}")
    return problems


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
