"""A name server whose answers change from one question to the next, as an attacker's would (DNS rebinding)."""

import ipaddress
import socket
import struct
from collections import Counter
from dataclasses import dataclass
from threading import Lock, Thread

A, CNAME, AAAA, IN = 1, 5, 28, 1
NXDOMAIN = 3


@dataclass(frozen=True)
class Name:
    """What a name stands for: for each question the next list of addresses, and from the last on again the first."""

    v4: tuple[tuple[str, ...], ...] = ()
    v6: tuple[tuple[str, ...], ...] = ()
    alias: str = ""


class NameServer:
    """Answers for the names that it is given, with nothing to be remembered; all others do not exist."""

    def __init__(self, names: dict[str, Name]):
        self.names = names
        self.questions: Counter[str] = Counter()
        self._asked: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            question, sender = self._socket.recvfrom(2048)
            try:
                self._socket.sendto(self._answer(question), sender)
            except (IndexError, UnicodeDecodeError, struct.error):
                continue

    def _answer(self, question: bytes) -> bytes:
        labels, end = [], 12
        while length := question[end]:
            labels.append(question[end + 1 : end + 1 + length].decode("ascii"))
            end += length + 1
        asked, (kind,) = ".".join(labels).lower(), struct.unpack_from(">H", question, end + 1)
        with self._lock:
            self.questions[asked] += 1
        records = self._records(asked, kind)
        code = 0 if asked in self.names else NXDOMAIN
        head = question[:2] + struct.pack(">HHHHH", 0x8580 | code, 1, len(records), 0, 0)
        return head + question[12 : end + 5] + b"".join(records)

    def _records(self, asked: str, kind: int) -> list[bytes]:
        name = self.names.get(asked)
        if name is None:
            return []
        if name.alias:
            owner = encoded(asked)
            alias = owner + struct.pack(">HHIH", CNAME, IN, 0, len(encoded(name.alias))) + encoded(name.alias)
            return [alias, *self._records(name.alias, kind)]
        choices = {A: name.v4, AAAA: name.v6}.get(kind, ())
        if not choices:
            return []
        with self._lock:
            turn = self._asked[asked, kind] % len(choices)
            self._asked[asked, kind] += 1
        packed = [ipaddress.ip_address(address).packed for address in choices[turn]]
        return [encoded(asked) + struct.pack(">HHIH", kind, IN, 0, len(data)) + data for data in packed]


def encoded(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
