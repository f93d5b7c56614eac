"""Nobody gets an assertion of ours that another provider would take: audience injection."""

import base64
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest
from certificates import new_key
from clinic_definitions import FACTS
from orchard import Orchard, orchard_settings
from walk import CALLBACK


class Hostile:
    """A provider that names an honest one's token endpoint as its own, and remembers what it is sent."""

    def __init__(self, honest: str):
        self.forms: list[dict[str, str]] = []
        hostile = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(hostile.metadata(honest) if ".well-known" in self.path else {})

            def do_POST(self):
                form = parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())
                hostile.forms.append(dict(form))
                self.answer({"request_uri": "urn:hostile:1", "expires_in": 60}, 201)

            def answer(self, members: dict, status: int = 200):
                body = json.dumps(members).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self, honest: str) -> dict:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{honest}/token",
            "revocation_endpoint": f"{honest}/revoke",
            "pushed_authorization_request_endpoint": f"{self.url}/par",
            "require_pushed_authorization_requests": True,
        }


@contextmanager
def running_hostile(honest: str):
    hostile = Hostile(honest)
    try:
        yield hostile
    finally:
        hostile.server.shutdown()
        hostile.server.server_close()


def audience_in(form: dict[str, str]) -> str:
    payload = form["client_assertion"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["aud"]


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("definitions")


@pytest.fixture(scope="module")
def orchard(start_sqlite_portal, directory):
    return Orchard(start_sqlite_portal(**orchard_settings(directory)))


@pytest.mark.parametrize("chosen", [None, "issuer", "endpoint"])
def test_hostile_metadata(chosen, orchard, directory):
    """Whatever the definition says: the audience is the hostile issuer, or the very address that is asked."""
    honest = orchard.sandbox_url
    with running_hostile(honest) as hostile:
        oauth2 = {"discovery": True, "issuer": hostile.url, "clientAuthentication": "private_key_jwt"}
        oauth2 |= {"scopes": ["read"]} | ({"assertionAudience": chosen} if chosen else {})
        option = {"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2}
        definition = FACTS | {"name": "hostile", "displayName": "Hostile", "auth": [option]}
        (directory / "hostile.yaml").write_text(json.dumps(definition))
        orchard.portal.restart()
        app = orchard.add_app("hostile", clientSecret=new_key("EC")[0])
        with orchard.browser() as browser:
            minted = orchard.mint("hostile", oauthAppId=app["id"])
            browser.get(minted["connectUrl"])
            asked = orchard.press(browser, minted)
            assert dict(asked) == {"client_id": "connect-portal-demo", "request_uri": "urn:hostile:1"}
            [pushed] = hostile.forms
            browser.get(CALLBACK, params={"code": "of-the-hostile-one", "state": pushed["state"]})
    assert audience_in(pushed) == (f"{hostile.url}/par" if chosen == "endpoint" else hostile.url)
    # What the honest one is sent it may read itself; nobody else has it.
    sent = orchard.requests("token")[-1]["parameters"]
    assert sent["code"] == "of-the-hostile-one"
    assert audience_in(sent) == (f"{honest}/token" if chosen == "endpoint" else hostile.url)
    assert orchard.session(minted)["connectionId"] is None
