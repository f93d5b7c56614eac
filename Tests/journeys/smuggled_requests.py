"""Requests whose end, target or host two programs could read in two ways, as bytes (RFC 9112 §11.2)."""

from dataclasses import dataclass

# A second request, which only whoever is fooled by the first one sees.
SMUGGLED_PATH = b"/smuggled"


@dataclass(frozen=True)
class Smuggled:
    name: str
    # `{host}` is the host that the client talks to, `{next}` the second request.
    template: bytes
    statuses: tuple[int, ...] = (400,)

    def raw(self, host: str) -> bytes:
        following = b"GET " + SMUGGLED_PATH + b" HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n"
        return self.template.replace(b"{host}", host.encode()).replace(b"{next}", following)


def get(fields: bytes = b"", line: bytes = b"GET /health HTTP/1.1", host: bytes = b"Host: {host}\r\n") -> bytes:
    return line + b"\r\n" + host + fields + b"\r\n{next}"


def post(fields: bytes, body: bytes, line: bytes = b"POST /api/v1/connect/session/poll HTTP/1.1") -> bytes:
    return line + b"\r\nHost: {host}\r\nContent-Type: application/json\r\n" + fields + b"\r\n" + body + b"{next}"


def chunked(body: bytes) -> bytes:
    return post(b"Transfer-Encoding: chunked\r\n", body)


LENGTHS = {
    "length and chunked": (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    "chunked and length": (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"),
    "two lengths": (b"Content-Length: 2\r\nContent-Length: 0\r\n", b"{}"),
    "one length twice": (b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}"),
    "list of lengths": (b"Content-Length: 2, 2\r\n", b"{}"),
    "length with plus": (b"Content-Length: +2\r\n", b"{}"),
    "negative length": (b"Content-Length: -2\r\n", b"{}"),
    "hexadecimal length": (b"Content-Length: 0x2\r\n", b"{}"),
    "empty length": (b"Content-Length: \r\n", b"{}"),
    "length with a space": (b"Content-Length: 2 0\r\n", b"{}"),
    "length beyond 64 bits": (b"Content-Length: 18446744073709551618\r\n", b"{}"),
    "length on a folded line": (b"Content-Length:\r\n 2\r\n", b"{}"),
}
CODINGS = [
    b"xchunked", b"identity", b"chunked, identity", b"gzip, chunked", b"chunked, chunked", b"", b'"chunked"',
    b"\x0bchunked", b",chunked", b"chunked;q=1", b"chunked\x00", b"chunked\r\nTransfer-Encoding: chunked",
    b"identity\r\nTransfer-Encoding: chunked", b"\r\n chunked",
]  # fmt: skip
CHUNKS = {
    "extension flood": b"2;" + b"a" * 300_000 + b"\r\n{}\r\n0\r\n\r\n",
    "zeros before a size": b"0" * 100_000 + b"2\r\n{}\r\n0\r\n\r\n",
    "bare LF in an extension": b"2;a\n{}\r\n0\r\n\r\n",
    "bare CR in an extension": b"2;a\rb\r\n{}\r\n0\r\n\r\n",
    "bare LF after a size": b"2\n{}\r\n0\r\n\r\n",
    "bare LF after a chunk": b"2\r\n{}\n0\r\n\r\n",
    "nothing after a chunk": b"2\r\n{}0\r\n\r\n",
    "space after a size": b"2 \r\n{}\r\n0\r\n\r\n",
    "space before a size": b" 2\r\n{}\r\n0\r\n\r\n",
    "0x before a size": b"0x2\r\n{}\r\n0\r\n\r\n",
    "negative size": b"-2\r\n{}\r\n0\r\n\r\n",
    "size with plus": b"+2\r\n{}\r\n0\r\n\r\n",
    "size beyond 64 bits": b"10000000000000002\r\n{}\r\n0\r\n\r\n",
    "no size": b"\r\n{}\r\n0\r\n\r\n",
    "length in a trailer": b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
    "flood of trailers": b"2\r\n{}\r\n0\r\n" + b"X: a\r\n" * 2000 + b"\r\n",
}
FIELDS = {
    "space before a colon": b"Transfer-Encoding : chunked\r\n",
    "space before a name": b" X: a\r\n",
    "folded line": b"X: a\r\n b\r\n",
    "bare LF after a field": b"X: a\n",
    "bare CR in a field": b"X: a\rY: b\r\n",
    "NUL in a value": b"X: a\x00b\r\n",
    "NUL in a name": b"X\x00Y: a\r\n",
    "control character": b"X: a\x01b\r\n",
    "DEL": b"X: a\x7fb\r\n",
    "empty name": b": a\r\n",
    "no colon": b"X\r\n",
    "parenthesis in a name": b"X(Y): a\r\n",
    "second host": b"Host: other.example\r\n",
    "same host again": b"Host: {host}\r\n",
}
HOSTS = [b"", b"Host:\r\n", b"Host: a/b\r\n", b"Host: a@b\r\n", b"Host: a, b\r\n", b"Host: {host} \t b\r\n"]
LINES = [
    b"GET http://{host}/health HTTP/1.1", b"GET http://other.example/health HTTP/1.1", b"GET ?a HTTP/1.1",
    b"GET {host} HTTP/1.1", b"GET health HTTP/1.1", b"GET * HTTP/1.1", b"OPTIONS * HTTP/1.1",
    b"CONNECT other.example:443 HTTP/1.1", b"GET /health#a HTTP/1.1", b"GET /hea\x00lth HTTP/1.1",
    b"GET /health a HTTP/1.1", b"GET\t/health\tHTTP/1.1", b"GET /health\xc3\xa9 HTTP/1.1", b"get /health HTTP/1.1",
    b"FROB /health HTTP/1.1", b"GET /health HTTP/2.0", b"GET /health HTTP/1.2", b"GET /health HTTP/1.1 ",
    b"GET /health HTTP/1.10", b"GET /health", b"PRI * HTTP/2.0", b"\x16\x03\x01\x02\x00\x01\x00",
]  # fmt: skip
SIZES = [
    Smuggled("target of 8 KiB", get(line=b"GET /" + b"a" * 8192 + b" HTTP/1.1"), (414,)),
    Smuggled("target of 100 KiB", get(line=b"GET /" + b"a" * 102_400 + b" HTTP/1.1"), (414,)),
    Smuggled("field of 32 KiB", get(b"X: " + b"a" * 32_768 + b"\r\n"), (431,)),
    Smuggled("field of 100 KiB", get(b"X: " + b"a" * 102_400 + b"\r\n"), (431,)),
    Smuggled("fields of 40 KiB", get((b"X: " + b"a" * 1000 + b"\r\n") * 41), (431,)),
    Smuggled("100 fields and the host", get(b"X: a\r\n" * 100), (431,)),
    Smuggled("1500 fields", get(b"X: a\r\n" * 1500), (431,)),
]

SMUGGLED = [
    *(Smuggled(name, post(fields, body)) for name, (fields, body) in LENGTHS.items()),
    *(Smuggled(f"coding {value!r}", post(b"Transfer-Encoding: %s\r\n" % value, b"0\r\n\r\n")) for value in CODINGS),
    Smuggled("chunked in HTTP/1.0", post(b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", b"POST /health HTTP/1.0")),
    *(Smuggled(name, chunked(body)) for name, body in CHUNKS.items()),
    *(Smuggled(name, get(fields)) for name, fields in FIELDS.items()),
    Smuggled("bare LF after every line", get().replace(b"\r\n", b"\n")),
    Smuggled("bare LF after the head", get()[: -len(b"\r\n{next}")] + b"\n{next}"),
    *(Smuggled(f"host {host!r}", get(host=host)) for host in HOSTS),
    *(Smuggled(f"line {line!r}", get(line=line)) for line in LINES),
    *SIZES,
]
