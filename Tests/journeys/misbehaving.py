"""Servers that answer in every wrong way, each at a port of its own, and what came to them."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Thread

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Behaviour:
    """What a server does once it has read a request, or at once if it `reads` none."""

    name: str
    act: Callable[["Conversation"], None] = lambda conversation: None
    reads: bool = True
    # Whether the server speaks TLS, and the scheme of its address, which may not fit.
    speaks_tls: bool = False
    scheme: str = "http"
    # A port where nobody listens, or one where nobody answers.
    door: str = "open"

    @property
    def is_reachable(self) -> bool:
        return self.door == "open" and not self.speaks_tls and self.scheme == "http"

    def __str__(self) -> str:
        return self.name


class Conversation:
    """The server's side of one connection."""

    def __init__(self, connection: socket.socket, honest: bytes, elsewhere: str):
        # What a server that behaves would have answered, and an address to which nobody may be led.
        self.honest, self.elsewhere = honest, elsewhere
        self.request = b""
        self._connection = connection

    def read_request(self) -> None:
        while b"\r\n\r\n" not in self.request:
            self._receive()
        head, _, body = self.request.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        missing = int(lengths[0].partition(b":")[2]) - len(body) if lengths else 0
        while missing > 0:
            missing -= self._receive()

    def wait_for_close(self) -> None:
        while True:
            self._receive()

    def send(self, *pieces: bytes) -> None:
        self._connection.sendall(b"".join(pieces))

    def answer(
        self,
        body: bytes | None = None,
        *fields: str,
        status: str = "200 OK",
        content_type: str = "application/json",
    ) -> None:
        """A well-formed response; without a body it has the honest one."""
        body = self.honest if body is None else body
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields]
        lines += [f"Content-Type: {content_type}"] if content_type else []
        self.send("".join(f"{line}\r\n" for line in lines).encode(), b"\r\n", body)

    def reset(self) -> None:
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._connection.close()

    def close_own_half(self) -> None:
        self._connection.shutdown(socket.SHUT_WR)

    def _receive(self) -> int:
        received = self._connection.recv(65536)
        if not received:
            raise ConnectionResetError("the portal closed the connection")
        self.request += received
        return len(received)


class Endpoint:
    """A server with one behaviour; remembers how many connections it had, and what was said on each."""

    def __init__(self, behaviour: Behaviour, honest: bytes, elsewhere: str = "", tls: ssl.SSLContext | None = None):
        self.connections = 0
        self._behaviour, self._honest, self._elsewhere = behaviour, honest, elsewhere
        self._tls = tls if behaviour.speaks_tls else None
        self._conversations: list[Conversation] = []
        self._guests: list[socket.socket] = []
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        address = self._socket.getsockname()
        self.url = f"{behaviour.scheme}://127.0.0.1:{address[1]}/"
        if behaviour.door == "open":
            self._socket.listen(64)
            Thread(target=self._accept, daemon=True).start()
        elif behaviour.door == "blocked":
            self._socket.listen(0)
            # With these the queue is full; whoever comes now is not even greeted.
            self._guests = [socket.socket() for _ in range(4)]
            for guest in self._guests:
                guest.setblocking(False)
                guest.connect_ex(address)

    @property
    def requests(self) -> list[bytes]:
        return [conversation.request for conversation in self._conversations if conversation.request]

    def stop(self) -> None:
        # Closing alone would not wake the thread.
        if self._behaviour.door == "open":
            self._socket.shutdown(socket.SHUT_RDWR)
        for guest in [self._socket, *self._guests]:
            guest.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(PATIENCE_SECONDS)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with closing(connection):
                conversation = Conversation(connection, self._honest, self._elsewhere)
                self._conversations.append(conversation)
                if self._behaviour.reads:
                    conversation.read_request()
                self._behaviour.act(conversation)
        except OSError:
            # The portal had enough of it.
            connection.close()


def then_close(*pieces: bytes) -> Callable[[Conversation], None]:
    return lambda conversation: conversation.send(*pieces)


def then_wait(*pieces: bytes) -> Callable[[Conversation], None]:
    """Sends these and nothing more."""

    def act(conversation: Conversation) -> None:
        conversation.send(*pieces)
        conversation.wait_for_close()

    return act


def endlessly(head: bytes, piece: bytes, pause: float = 0) -> Callable[[Conversation], None]:
    """Sends the head once and the piece until the portal closes, with a pause after each."""

    def act(conversation: Conversation) -> None:
        conversation.send(head)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            conversation.send(piece)
            time.sleep(pause)

    return act
