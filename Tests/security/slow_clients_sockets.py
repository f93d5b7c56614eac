"""Connections that are slow to the byte, and when the server had enough of each."""

import asyncio
import contextlib
import socket
import time
from urllib.parse import urlsplit

# The seconds after which each must be over: 10 for a head, 30 for a body, 60 for a connection that is kept, and some
# for a machine that has much to do.
DEADLINES = {"silent": 15, "head": 15, "endless head": 15, "body": 35, "chunks": 35, "kept": 65}
# One address has no more than its share of all connections, so each kind comes from another.
ADDRESSES = {kind: f"127.0.1.{number + 1}" for number, kind in enumerate(DEADLINES)}
PATIENCE_SECONDS = 70
PAUSE_SECONDS = 1
BURST_SECONDS = 1
# Of one that reads nothing: the answers are many times what lies in the buffers of two machines.
REQUESTS = 100
READER_SECONDS = 0.1


class SlowConnection:
    def __init__(self, kind: str, portal):
        self._kind = kind
        self._address = ADDRESSES[kind]
        self._port = urlsplit(portal.url).port
        host = f"Host: localhost:{self._port}\r\n"
        post = f"POST /api/v1/connect/token HTTP/1.1\r\n{host}Authorization: Bearer {portal.api_key}\r\n"
        post += "Content-Type: application/json\r\n"
        get = f"GET /health HTTP/1.1\r\n{host}"
        # What is sent at once, and what is sent again and again.
        self._first, self._piece = {
            "silent": ("", ""),
            "head": ("", "GET /health HTTP/1.1\r\nX-Pad: "),
            "endless head": (get, "X-Pad: a\r\n"),
            "body": (f"{post}Content-Length: 100000\r\n\r\n", " "),
            "chunks": (f"{post}Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
            "kept": (f"{get}\r\n", ""),
        }[kind]

    async def seconds_until_closed(self) -> float | None:
        # The kernel keeps so many in line, not six times as many.
        await asyncio.sleep(BURST_SECONDS * list(DEADLINES).index(self._kind))
        begin = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._address, 0))
            begin = time.monotonic()
            async with asyncio.timeout(PATIENCE_SECONDS):
                sending = asyncio.create_task(self._drip(writer))
                try:
                    while await reader.read(65536):
                        pass
                finally:
                    sending.cancel()
                    writer.close()
        except TimeoutError:
            return None
        except OSError:
            pass
        return time.monotonic() - begin

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            writer.write(self._first.encode())
            sent = 0
            while self._piece:
                await asyncio.sleep(PAUSE_SECONDS)
                # Of a whole head one byte after the other, and the last for ever.
                piece = self._piece[min(sent, len(self._piece) - 1)] if self._kind == "head" else self._piece
                writer.write(piece.encode())
                await writer.drain()
                sent += 1


async def all_kinds(portal, number: int) -> dict[str, list[float | None]]:
    """So many connections of each kind, all at once."""
    ended = await asyncio.gather(
        *(SlowConnection(kind, portal).seconds_until_closed() for kind in DEADLINES for _ in range(number))
    )
    return {kind: list(ended[place * number : (place + 1) * number]) for place, kind in enumerate(DEADLINES)}


@contextlib.contextmanager
def unread(portal, number: int):
    """So many that ask for much, one request after the other, and read nothing of it."""
    port = urlsplit(portal.url).port
    request = f"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    with contextlib.ExitStack() as opened:
        for _ in range(number):
            connection = opened.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.bind(("127.0.2.1", 0))
            connection.connect(("127.0.0.1", port))
            connection.sendall(request * REQUESTS)
            # The answers fill the buffers, which is work; who wants to be slow need not be many at once.
            time.sleep(READER_SECONDS)
        yield
