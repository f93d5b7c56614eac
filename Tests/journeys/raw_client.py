"""A client that sends bytes as they are."""

import re
import socket
from contextlib import closing, suppress
from urllib.parse import urlsplit


def exchange(url: str, raw: bytes, seconds: float = 10) -> tuple[list[int], bytes]:
    """Sends the bytes and reads until the other side closes, as it must; the statuses, and all that came."""
    with closing(connect(url, seconds)) as client:
        # Refused before all of it was sent, the answer is there all the same.
        with suppress(BrokenPipeError, ConnectionResetError):
            client.sendall(raw)
        answer = read_to_the_end(client)
    return statuses(answer), answer


def connect(url: str, seconds: float = 10, source: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(url).port), seconds, (source, 0))


def read_to_the_end(client: socket.socket) -> bytes:
    received = b""
    while part := client.recv(65536):
        received += part
    return received


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
