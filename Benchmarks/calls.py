"""HTTP requests that can be sent one by one, or by wrk in great numbers."""

import json
import socket
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPResponse


@dataclass(frozen=True)
class Call:
    """A request, and what its answer must hold."""

    method: str
    target: str
    body: dict | None = None
    api_key: str | None = None
    expected: tuple[str, ...] = ()

    def message(self, port: int) -> bytes:
        lines = [f"{self.method} {self.target} HTTP/1.1", f"Host: localhost:{port}"]
        if self.api_key:
            lines.append(f"Authorization: Bearer {self.api_key}")
        body = json.dumps(self.body).encode() if self.body is not None else b""
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send(self, port: int) -> tuple[int, str]:
        with closing(socket.create_connection(("127.0.0.1", port), 10)) as connection:
            connection.sendall(self.message(port))
            answer = HTTPResponse(connection)
            answer.begin()
            return answer.status, answer.read().decode()

    def answer(self, port: int) -> dict:
        """What a good answer holds."""
        return json.loads(self.check(port, "preparing"))

    def check(self, port: int, name: str) -> str:
        """The text of the answer; fails where it is not the right one."""
        status, text = self.send(port)
        missing = [part for part in self.expected if part not in text]
        if status != 200 or missing:
            raise WrongAnswer(f"{name}: {self.method} {self.target} brought {status} without {missing}: {text[:1000]}")
        return text


class WrongAnswer(Exception):
    """A server does not do what is to be measured."""
