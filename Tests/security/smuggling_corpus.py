"""Requests in which two readers may see different things, each with another request hidden in it (RFC 9112 §11.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from smuggled_requests import SMUGGLED

from smuggling_tables import CODINGS, ENDS, LENGTHS, LINES, OTHER_NAMES, PATH, PLAIN_CODINGS, SIZES


@dataclass(frozen=True)
class Smuggled:
    """How the hidden request, given as bytes, is wrapped; and whether the wrapping must be refused."""

    name: str
    wrap: Callable[[bytes], bytes]
    is_refused: bool = True

    def __str__(self) -> str:
        return self.name


def head(*lines: str, first: str = f"POST {PATH} HTTP/1.1") -> bytes:
    """The lines that make it well-formed come first; characters are bytes."""
    return "\r\n".join([first, "Host: {host}", "Content-Type: application/json", *lines, "", ""]).encode("latin-1")


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def everything_counted(name: str, *lines: str, is_refused: bool = True) -> Smuggled:
    """One reader counts all by the length, another stops at the last chunk."""

    def wrap(hidden: bytes) -> bytes:
        body = b"0\r\n\r\n" + hidden
        return head(f"Content-Length: {len(body)}", *lines) + body

    return Smuggled(name, wrap, is_refused)


def in_a_chunk(name: str, *lines: str, is_refused: bool = True) -> Smuggled:
    """One reader takes the chunk, another a few bytes or nothing."""
    return Smuggled(name, lambda hidden: head(*lines) + chunk(hidden) + b"0\r\n\r\n", is_refused)


def after(name: str, body: str, *lines: str, is_refused: bool = True) -> Smuggled:
    """The hidden request follows a body whose end can be disputed."""
    return Smuggled(name, lambda hidden: head(*lines) + body.encode("latin-1") + hidden, is_refused)


def chunked(name: str, body: str, is_refused: bool = True) -> Smuggled:
    return after(name, body, "Transfer-Encoding: chunked", is_refused=is_refused)


def lines_of(name: str, request: str, is_refused: bool = True) -> Smuggled:
    """A request as it stands, then the hidden one."""
    return Smuggled(name, lambda hidden: request.encode("latin-1") + hidden, is_refused)


def of_the_journeys(name: str, template: bytes) -> Smuggled:
    """What the journeys try directly."""
    return Smuggled(f"journeys, {name}", lambda hidden: template.replace(b"{next}", hidden))


def everything() -> list[Smuggled]:
    return [
        *(of_the_journeys(smuggled.name, smuggled.template) for smuggled in SMUGGLED),
        *(everything_counted(f"length and coding, {name}", line) for name, line in CODINGS.items()),
        *(
            everything_counted(f"length and no coding, {name}", line, is_refused=False)
            for name, line in OTHER_NAMES.items()
        ),
        *(in_a_chunk(f"coding and length, {name}", line, "Content-Length: 4") for name, line in CODINGS.items()),
        *(
            in_a_chunk(f"coding alone, {name}", line, is_refused=name not in PLAIN_CODINGS)
            for name, line in CODINGS.items()
        ),
        *(after(f"length, {name}", "{}", line) for name, line in LENGTHS.items()),
        *(chunked(f"chunk, {name}", body) for name, body in SIZES.items()),
        *(lines_of(f"head, {name}", request) for name, request in LINES.items()),
        *(lines_of(f"end, {name}", request, is_refused=False) for name, request in ENDS.items()),
        upgrade("h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"),
        upgrade("websocket", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
        in_the_body("a body that nobody expects", "GET /health HTTP/1.1"),
        in_the_body("a body of a HEAD", "HEAD /health HTTP/1.1"),
        in_the_body("a body with Expect", f"POST {PATH} HTTP/1.1", "Expect: 100-continue"),
        in_the_body("a body of no known route", "POST /nowhere HTTP/1.1"),
        in_the_body("a body of a refused method", "TRACE /health HTTP/1.1"),
    ]


def in_the_body(name: str, first: str, *lines: str) -> Smuggled:
    """The length is clear; who does not read the body must not go on in it."""
    return Smuggled(name, lambda hidden: head(f"Content-Length: {len(hidden)}", *lines, first=first) + hidden, False)


def upgrade(protocol: str, settings: str) -> Smuggled:
    """The body is told by its length, so a server that changes the protocol, or not, must take it as that."""
    lines = [f"Upgrade: {protocol}", "Connection: Upgrade, HTTP2-Settings", settings]
    return in_the_body(f"upgrade to {protocol}", "GET /health HTTP/1.1", *lines)
