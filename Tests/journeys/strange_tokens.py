"""Bodies of token answers, and what must come of each."""

import base64
import gzip
import io
import json
from collections.abc import Callable
from urllib.parse import parse_qs

from honest_answers import ACCESS_TOKEN, TOKEN
from misbehaving import Behaviour, Conversation
from outcomes import Connected, Failed
from strange_answers import SCRIPT, answering

FORM = "application/x-www-form-urlencoded"
# So much the portal takes; no RFC says how much it should.
LARGEST_ANSWER, LONGEST_TOKEN, DEEPEST = 65_536, 32_768, 32


def token(**members) -> str:
    """The right answer with other members; `...` leaves one out."""
    return json.dumps({name: value for name, value in (TOKEN | members).items() if value is not ...})


def padded(length: int) -> str:
    return token() + " " * (length - len(token()))


def nested(levels: int) -> str:
    """A token answer with so many levels in all."""
    return token(a=0).replace('"a": 0', '"a": ' + "[" * (levels - 1) + "]" * (levels - 1))


def beginning(first: str) -> str:
    """A token answer with one more member at its beginning, as text."""
    return token().replace("{", "{" + first + ", ", 1)


def fault(name: str) -> Failed:
    return Failed("invalid_response", fault=name)


def provider_error(code: str, name: str, description: str | None = None) -> Failed:
    return Failed(code, providerError=name, **{"providerDescription": description} if description else {})


def bomb() -> bytes:
    """128 MiB of nothing, in 128 KiB."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(128):
            file.write(bytes(1024 * 1024))
    return packed.getvalue()


def repeating(name: str, words: Callable[[bytes], str]) -> Behaviour:
    """A provider whose error description is made of what the portal sent."""

    def act(conversation: Conversation) -> None:
        description = f"This is not right: {words(conversation.request)}"
        error = {"error": "invalid_grant", "error_description": description}
        conversation.answer(json.dumps(error).encode(), status="400 Bad Request")

    return Behaviour(name, act)


def code_of(request: bytes) -> str:
    [code] = parse_qs(request.rpartition(b"\r\n")[2].decode())["code"]
    return code


def client_of(request: bytes) -> str:
    _, _, credentials = request.partition(b"Authorization: Basic ")
    return base64.b64decode(credentials.partition(b"\r\n")[0]).decode()


BOMB = bomb()
GOOD = Connected()
ETERNAL = Connected(lifetime=None)
TOKEN_ANSWERS = {
    # Taken.
    answering("form", f"access_token={ACCESS_TOKEN}&token_type=bearer&scope=a%2Cb", FORM): Connected(None, ("a", "b")),
    answering("form-in-utf-8", f"access_token={ACCESS_TOKEN}&expires_in=60", f"{FORM}; charset=utf-8"): Connected(60),
    answering("byte-order-mark", "\ufeff" + token(refresh_token=None)): GOOD,
    answering("no-refresh-token", token(refresh_token=...)): GOOD,
    answering("empty-refresh-token", token(refresh_token="")): GOOD,
    answering("no-token-type", token(token_type=...)): GOOD,
    answering("loud-token-type", token(token_type="BEARER")): GOOD,
    answering("scope-as-list", token(scope=["a", "b"])): Connected(scopes=("a", "b")),
    answering("empty-error", token(error="", error_description=None)): GOOD,
    answering("largest-answer", padded(LARGEST_ANSWER)): GOOD,
    answering("longest-token", token(access_token=ACCESS_TOKEN.ljust(LONGEST_TOKEN, "a"))): GOOD,
    answering("deepest-answer", nested(DEEPEST)): GOOD,
    # A lifetime that cannot be is none.
    answering("expiry-as-text", token(expires_in="3600")): GOOD,
    answering("expiry-with-fraction", token(expires_in=3600.9)): GOOD,
    answering("no-expiry", token(expires_in=...)): ETERNAL,
    answering("negative-expiry", token(expires_in=-1)): ETERNAL,
    answering("immense-expiry", token(expires_in=1e300)): ETERNAL,
    answering("immense-expiry-as-text", token(expires_in="1e300")): ETERNAL,
    answering("expiry-in-a-century", token(expires_in=3_155_760_000)): ETERNAL,
    answering("expiry-beyond-64-bits", token(expires_in=2**64 + 3600)): ETERNAL,
    answering("expiry-in-words", token(expires_in="an hour")): ETERNAL,
    answering("expiry-not-a-number", token(expires_in="nan")): ETERNAL,
    answering("expiry-as-object", token(expires_in={"seconds": 3600})): ETERNAL,
    # An error of the provider's.
    answering("error-with-200", json.dumps({"error": "invalid_grant", "error_description": SCRIPT})): provider_error(
        "invalid_grant", "invalid_grant", "<script>alert(1)</script> X: y"
    ),
    answering("long-error", json.dumps({"error": "e" * 30_000, "error_description": "d" * 30_000})): provider_error(
        "provider_error", "e" * 200, "d" * 200
    ),
    answering("error-beside-a-token", token(error="server_error")): provider_error(
        "provider_unavailable", "server_error"
    ),
    answering("error-as-object", json.dumps({"error": {"type": SCRIPT, "message": "\u202e" * 300}})): provider_error(
        "provider_error", "<script>alert(1)</script> X: y"
    ),
    answering("error-of-control-characters", json.dumps({"error": "\0\r\n\u202e"})): provider_error(
        "provider_error", ""
    ),
    answering("unknown-client", '{"error": "invalid_client"}', status="401 Unauthorized"): provider_error(
        "invalid_client", "invalid_client"
    ),
    answering("slow-down", '{"error": "slow_down"}', status="429 Too Many Requests"): provider_error(
        "provider_unavailable", "slow_down"
    ),
    repeating("error-that-repeats-the-code", code_of): Failed("invalid_grant", providerError="invalid_grant"),
    repeating("error-that-repeats-the-client", client_of): Failed("invalid_grant", providerError="invalid_grant"),
    # A token that cannot be used.
    answering("error-as-list", '{"error": ["invalid_grant"]}'): fault("missingAccessToken"),
    answering("no-access-token", token(access_token=...)): fault("missingAccessToken"),
    answering("access-token-null", token(access_token=None)): fault("missingAccessToken"),
    answering("access-token-empty", token(access_token="")): fault("missingAccessToken"),
    answering("access-token-number", token(access_token=1)): fault("missingAccessToken"),
    answering("access-token-object", token(access_token={"value": ACCESS_TOKEN})): fault("missingAccessToken"),
    answering("access-token-with-line-end", token(access_token=f"{ACCESS_TOKEN}\r\nX-A: 1")): fault("unusableToken"),
    answering("access-token-with-nul", token(access_token=f"{ACCESS_TOKEN}\0")): fault("unusableToken"),
    answering("access-token-with-space", token(access_token=f"{ACCESS_TOKEN} a")): fault("unusableToken"),
    answering("access-token-beyond-ascii", token(access_token=f"{ACCESS_TOKEN}é")): fault("unusableToken"),
    answering("too-long-token", token(access_token=ACCESS_TOKEN.ljust(LONGEST_TOKEN + 1, "a"))): fault("unusableToken"),
    answering("refresh-token-with-line-end", token(refresh_token="a\r\nb")): fault("unusableToken"),
    answering("refresh-token-object", token(refresh_token={})): fault("unusableToken"),
    answering("mac", token(token_type="mac")): fault("unusableTokenType"),
    answering("dpop", token(token_type="DPoP")): fault("unusableTokenType"),
    answering("token-type-object", token(token_type={"name": "mac"})): fault("unusableTokenType"),
    # Nothing that can be believed.
    answering("doubled-member", beginning('"access_token": "a"')): fault("duplicateMember"),
    answering("doubled-member-escaped", beginning('"\\u0061ccess_token": "a"')): fault("duplicateMember"),
    answering("doubled-member-within", beginning('"a": {"b": 1, "b": 2}')): fault("duplicateMember"),
    answering("doubled-member-of-a-form", f"access_token=a&access_token={ACCESS_TOKEN}", FORM): fault(
        "duplicateMember"
    ),
    answering("too-large", padded(LARGEST_ANSWER + 1)): fault("tooLarge"),
    answering("gzip-bomb", BOMB, fields=("Content-Encoding: gzip",)): fault("tooLarge"),
    answering("gzip-bomb-in-transfer", BOMB, fields=("Transfer-Encoding: gzip",)): fault("tooLarge"),
    answering("100000-brackets", "[" * 100_000): fault("tooLarge"),
    answering("60000-brackets", "[" * 60_000): fault("notJSON"),
    answering("too-deep", nested(DEEPEST + 1)): fault("notJSON"),
    answering("gzip", gzip.compress(token().encode()), fields=("Content-Encoding: gzip",)): fault("notJSON"),
    answering("utf-16", token().encode("utf-16")): fault("notJSON"),
    answering("utf-32", token().encode("utf-32")): fault("notJSON"),
    answering("invalid-utf-8", beginning('"a": "?"').encode().replace(b"?", b"\xff\xfe")): fault("notJSON"),
    answering("overlong-utf-8", beginning('"a": "?"').encode().replace(b"?", b"\xc0\x80")): fault("notJSON"),
    answering("lone-surrogate", beginning('"a": "\\ud800"')): fault("notJSON"),
    answering("number-without-bounds", beginning('"a": 1e999')): fault("notJSON"),
    answering("not-a-number", beginning('"expires_in": NaN').replace('"expires_in": 3600, ', "")): fault("notJSON"),
    answering("nul-bytes", "\0" * 400): fault("notJSON"),
    answering("nul-after-json", token() + "\0"): fault("notJSON"),
    answering("bytes-after-json", token() + "<!-- served in 3 ms -->"): fault("notJSON"),
    answering("two-objects", token() + token()): fault("notJSON"),
    answering("half-an-object", token()[:-1]): fault("notJSON"),
    answering("list", f"[{token()}]"): fault("notJSON"),
    answering("text", json.dumps(token())): fault("notJSON"),
    answering("number", "1"): fault("notJSON"),
    answering("null", "null"): fault("notJSON"),
    answering("empty", ""): fault("notJSON"),
    answering("blank", " \r\n\t"): fault("notJSON"),
    answering("single-quotes", token().replace('"', "'")): fault("notJSON"),
    answering("comment", "/* a */" + token()): fault("notJSON"),
    answering("script", f"callback({token()})"): fault("notJSON"),
    answering("form-named-json", f"access_token={ACCESS_TOKEN}"): fault("notJSON"),
    answering("form-with-bad-escape", f"access_token={ACCESS_TOKEN}%zz", FORM): fault("notJSON"),
    answering("form-beyond-utf-8", f"access_token={ACCESS_TOKEN}&a=%ff", FORM): fault("notJSON"),
    answering("json-named-form", token(), FORM): fault("missingAccessToken"),
}
