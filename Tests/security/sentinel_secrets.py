"""Every secret of a run by its kind, and each way to write one down."""

import base64
import binascii
import gzip
import html
import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, quote_plus

SHORTEST = 8
GZIP = b"\x1f\x8b\x08"


class Secrets:
    """What must not be found, except where it belongs."""

    def __init__(self):
        self.kinds: dict[str, set[bytes]] = {}

    def add(self, kind: str, *values: str | bytes) -> None:
        for value in values:
            value = value if isinstance(value, bytes) else value.encode()
            assert len(value) >= SHORTEST, f"too short to be searched for: a {kind}"
            self.kinds.setdefault(kind, set()).add(value)

    def add_token(self, kind: str, token: str) -> None:
        """A signed token is as good as its signature, which stands in no other."""
        self.add(kind, token, token.rpartition(".")[2])

    def has(self, kind: str, value: str) -> bool:
        return value.encode() in self.kinds.get(kind, set())

    @property
    def count(self) -> int:
        return sum(len(values) for values in self.kinds.values())

    def found_in(self, content: bytes, without: set[str] = frozenset()) -> list[str]:
        """The kinds of what is there, each with the way it is written, never the secret."""
        texts = list(readings(content))
        return [
            f"{kind}, {way}"
            for kind, values in sorted(self.kinds.items())
            if kind not in without
            for way in sorted({way for value in values for way, form in forms(value).items() if is_in(form, texts)})
        ]


def is_in(form: bytes, texts: list[bytes]) -> bool:
    return any(form in text for text in texts)


def forms(secret: bytes) -> dict[str, bytes]:
    """By the names of the ways; base64 as it looks after none, one and two other bytes."""
    text = secret.decode("latin-1")
    escaped = json.dumps(text)[1:-1]
    ways = {
        "plain": secret,
        "hexadecimal": binascii.hexlify(secret),
        "hexadecimal in capitals": binascii.hexlify(secret).upper(),
        "percent-encoded": quote(secret, safe="").encode(),
        "percent-encoded in small letters": quote(secret, safe="").lower().encode(),
        "percent-encoded as in a form": quote_plus(secret).encode(),
        "percent-encoded twice": quote(quote(secret, safe=""), safe="").encode(),
        "escaped for JSON": escaped.encode(),
        "escaped for JSON with slashes": escaped.replace("/", "\\/").encode(),
        "escaped for HTML": html.escape(text).encode("latin-1"),
        "backwards": secret[::-1],
    }
    for name, encode in (("base64", base64.standard_b64encode), ("base64url", base64.urlsafe_b64encode)):
        for before in range(3):
            # The characters at both ends hold bits of the neighbours.
            whole = slice(-(-before * 8 // 6), (before + len(secret)) * 8 // 6)
            ways[f"{name} after {before}"] = encode(bytes(before) + secret)[whole]
    return {way: form for way, form in ways.items() if way == "plain" or form != secret}


def readings(content: bytes) -> Iterator[bytes]:
    """As it is, and what is compressed in it."""
    yield content
    start = content.find(GZIP)
    while start >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content[start:])
        start = content.find(GZIP, start + 1)


def proof() -> int:
    """A secret that is planted among other text is found in every form; returns how many there are."""
    secrets = Secrets()
    planted = b'a planted "secret"/of 1815 + \xc3\xa4'
    secrets.add("planted", planted)
    ways = forms(planted)
    for way, form in ways.items():
        line = b"2026-11-21T18:50:00+0000 info x" + form + b"y [Web] request\n"
        for content in (line, b"\0" + gzip.compress(line) + b"\0"):
            assert f"planted, {way}" in secrets.found_in(content), f"not found: {way}"
    for before in range(3):
        encoded = base64.b64encode(b"x" * before + planted + b"and so on")
        assert any("base64" in found for found in secrets.found_in(encoded)), f"not found after {before} bytes"
    assert secrets.found_in(b"a harmless line") == []
    return len(ways)
