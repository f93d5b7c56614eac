"""Well-formed responses that no provider should give: with another status than 200, or in an odd shape."""

from misbehaving import Behaviour, Conversation

TRAP = "Location: {elsewhere}"
HTML = b"<!doctype html><title>Error</title><h1>Internal error</h1>"
# What must not reach a page as it is, nor the timeline in full.
SCRIPT = "<script>alert(1)</script>\u202e\r\nX: y\0"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
# By status line, the fields. A right body follows, which must not be taken for a success; None stands for no body.
STATUSES = {
    "201 Created": [],
    "202 Accepted": [],
    "203 Non-Authoritative Information": [],
    "204 No Content": None,
    "206 Partial Content": ["Content-Range: bytes 0-9/400"],
    "300 Multiple Choices": [TRAP],
    "301 Moved Permanently": [TRAP],
    "302 Found": [TRAP],
    "303 See Other": [TRAP],
    "304 Not Modified": None,
    "305 Use Proxy": [TRAP],
    "307 Temporary Redirect": [TRAP],
    "308 Permanent Redirect": [TRAP],
    "400 Bad Request": None,
    "401 Unauthorized": ['WWW-Authenticate: Basic realm="a"', "WWW-Authenticate: Negotiate"],
    "403 Forbidden": [],
    "404 Not Found": [],
    "407 Proxy Authentication Required": ['Proxy-Authenticate: Basic realm="a"'],
    "408 Request Timeout": ["Connection: close"],
    "417 Expectation Failed": [],
    "421 Misdirected Request": [],
    "429 Too Many Requests": ["Retry-After: 1"],
    "500 Internal Server Error": [],
    "503 Service Unavailable": ["Retry-After: 1", "Refresh: 0; url={elsewhere}"],
    "599 Whatever": [],
}


def with_status(line: str, fields: list[str] | None) -> Behaviour:
    def act(conversation: Conversation) -> None:
        given = [field.format(elsewhere=conversation.elsewhere) for field in fields or []]
        conversation.answer(b"" if fields is None else None, *given, status=line)

    return Behaviour(f"status-{line[:3]}", act)


def html(conversation: Conversation) -> None:
    conversation.answer(HTML, status="500 Internal Server Error", content_type="text/html")


BY_STATUS = [(with_status(line, fields), int(line[:3])) for line, fields in STATUSES.items()]
BY_STATUS += [(Behaviour("html", html), 500)]


def in_raw(head: bytes, tail: bytes = b""):
    """The honest body between these; it ends with the connection."""
    return lambda conversation: conversation.send(head, b"\r\n\r\n", conversation.honest, tail)


def in_odd_chunks(conversation: Conversation) -> None:
    size = f"{len(conversation.honest):08x}".encode()
    # RFC 9112 §6.3: a length beside the coding counts for nothing.
    conversation.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
    conversation.send(size, b";a=b\r\n")
    conversation.send(conversation.honest, b"\r\n0\r\nX-A: 1\r\n\r\n")


def same_length_twice(conversation: Conversation) -> None:
    conversation.answer(None, f"Content-Length: {len(conversation.honest)}")


def before_the_request(conversation: Conversation) -> None:
    conversation.answer()
    conversation.wait_for_close()


# Each can be understood, whatever was asked.
ODD = [
    Behaviour("well-behaved", Conversation.answer),
    Behaviour("http-1-0", in_raw(b"HTTP/1.0 200 OK")),
    Behaviour("no-reason-phrase", in_raw(b"HTTP/1.1 200")),
    Behaviour("no-length", in_raw(b"HTTP/1.1 200 OK")),
    Behaviour("continue-unasked", in_raw(CONTINUE * 20 + b"HTTP/1.1 200 OK")),
    Behaviour("early-hints", in_raw(EARLY_HINTS + b"HTTP/1.1 200 OK")),
    Behaviour("odd-chunks", in_odd_chunks),
    Behaviour("space-after-body", in_raw(b"HTTP/1.1 200 OK", b"\r\n\t ")),
    Behaviour("same-length-twice", same_length_twice),
    Behaviour("answer-before-request", before_the_request, reads=False),
    Behaviour("fifty-cookies", lambda conversation: conversation.answer(None, *["Set-Cookie: a=b; Path=/"] * 50)),
    Behaviour("no-content-type", lambda conversation: conversation.answer(content_type="")),
    Behaviour("wrong-content-type", lambda conversation: conversation.answer(content_type="text/html; charset=utf-16")),
]


def answering(
    name: str,
    body: bytes | str,
    content_type: str = "application/json",
    *,
    status: str = "200 OK",
    fields: tuple[str, ...] = (),
) -> Behaviour:
    """A behaviour that answers with this body."""
    content = body.encode() if isinstance(body, str) else body
    return Behaviour(
        name, lambda conversation: conversation.answer(content, *fields, status=status, content_type=content_type)
    )
