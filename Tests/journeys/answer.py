"""An HTTP response that a provider of the tests' own gives."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True)
class Answer:
    """An HTTP response."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, members: dict, status: int = 200) -> "Answer":
        return cls(status, json.dumps(members).encode(), {"Content-Type": "application/json"})

    @property
    def message(self) -> bytes:
        fields = self.headers | {"Content-Length": str(len(self.body))}
        head = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        head += [f"{name}: {value}" for name, value in fields.items()]
        return "\r\n".join([*head, "", ""]).encode() + self.body
