"""A provider whose errors repeat all that it was sent, and that knows every secret that went to and fro."""

import base64
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from sentinel_keys import ACCOUNT, SigningKey
from sentinel_secrets import SHORTEST, Secrets

# What the parameters of a token request are called, and what kind of secret each is.
SENT = {
    "code": "code",
    "code_verifier": "PKCE verifier",
    "refresh_token": "refresh token",
    "token": "revoked token",
    "client_secret": "client secret",
    "client_assertion": "client assertion",
}
Answer = tuple[int, dict[str, str], bytes]


class Provider:
    """What it hears goes to `secrets`."""

    def __init__(self, secrets: Secrets, key: SigningKey):
        self.secrets, self._key = secrets, key
        # The paths whose answer is an error that repeats the request.
        self.echoing: set[str] = set()
        # The typed secrets that /verify takes.
        self.accepted: set[str] = set()
        # How often something was to be ended.
        self.ended = 0
        self._nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                status, headers, content = provider.answer(urlsplit(self.path), dict(self.headers), body)
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(content))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = answer

            def log_message(self, format, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, address: SplitResult, headers: dict[str, str], body: str) -> Answer:
        self._hear(headers, dict(parse_qsl(body)))
        self.ended += address.path == "/revoke"
        is_refused = address.path == "/verify" and not any(secret in str(headers) for secret in self.accepted)
        if address.path == "/authorize":
            return self._authorize(dict(parse_qsl(address.query)))
        if is_refused or address.path in self.echoing:
            return echo(f"{address.query} {headers} {body}")
        match address.path:
            case "/token":
                return found(self._tokens(dict(parse_qsl(body))))
            case "/keys":
                return found(self._key.key_set)
            case _:
                return found(ACCOUNT)

    def _hear(self, headers: dict[str, str], form: dict[str, str]) -> None:
        for name, kind in SENT.items():
            if len(form.get(name, "")) >= SHORTEST:
                self.secrets.add(kind, form[name])
        scheme, _, credentials = headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            self.secrets.add("client secret", unquote(base64.b64decode(credentials).decode().partition(":")[2]))

    def _authorize(self, query: dict[str, str]) -> Answer:
        code = f"code-{token_urlsafe()}"
        self.secrets.add("state", query["state"])
        self.secrets.add("code", code)
        self._nonces[code] = query.get("nonce", "")
        back = {"code": code}
        if "/authorize" in self.echoing:
            back = {"error": "access_denied", "error_description": f"You sent {query}"}
        return 302, {"Location": f"{query['redirect_uri']}?{urlencode(back | {'state': query['state']})}"}, b""

    def _tokens(self, form: dict[str, str]) -> dict:
        tokens = {name: f"{name}-{token_urlsafe()}" for name in ("access_token", "refresh_token")}
        self.secrets.add("access token", tokens["access_token"])
        self.secrets.add("refresh token", tokens["refresh_token"])
        if nonce := self._nonces.get(form.get("code", "")):
            tokens["id_token"] = self._key.id_token(self.url, nonce)
            self.secrets.add_token("ID token", tokens["id_token"])
        return tokens | {"token_type": "Bearer", "expires_in": 3600, "scope": "read"}


def found(answer: dict) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()


def echo(heard: str) -> Answer:
    """In each member and header that anybody might show or log."""
    error = {"error": "invalid_grant", "error_description": heard, "error_uri": f"https://help.example/?{heard}"}
    content = json.dumps(error | {"message": heard, "detail": {"text": heard}}).encode()
    headers = {"Content-Type": "application/json", "X-Debug": heard, "WWW-Authenticate": f'Bearer realm="{heard}"'}
    return 401, {name: value.replace("\n", " ")[:2000] for name, value in headers.items()}, content
