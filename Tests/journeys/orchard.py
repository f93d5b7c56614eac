"""A portal that also knows the sandbox as an OpenID provider, and people who connect there without a screen."""

import json
from itertools import count
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
from clients import client_of
from clinic_definitions import FACTS
from walk import CALLBACK, callback_address, consenting_provider, token_requests

# Discovered, so requests are pushed (RFC 9126); beside it the sandbox, which is asked through the browser.
ORCHARD = {
    "name": "orchard",
    "displayName": "Orchard",
    "auth": [
        {
            "key": "oauth2",
            "type": "OAUTH2",
            "displayName": "Sign in",
            "oauth2": {"discovery": True, "issuer": "{sandbox}", "scopes": ["openid", "profile", "email"]},
            "account": {"fromIdToken": {"id": "sub", "label": "email"}},
        }
    ],
}


def orchard_settings(directory: Path) -> dict[str, str]:
    # JSON is YAML, and the demo knows the placeholder.
    (directory / "orchard.yaml").write_text(json.dumps(FACTS | ORCHARD))
    return {"PORTAL_INTEGRATIONS_DIR": str(directory)}


class Orchard:
    """What an app does at the portal, and what its people do there and at the provider."""

    def __init__(self, portal):
        self.url, self.sandbox_url = portal.url, portal.sandbox_url
        self.portal = portal
        self.client = client_of(portal)
        self._numbers = count(1)
        self.add_app("orchard")

    def add_app(self, integration: str = "sandbox", **fields: str) -> dict:
        """Registers the sandbox's client as an OAuth app of the organization's own; keywords are its fields."""
        app = {"integrationName": integration, "clientId": "connect-portal-demo"}
        answer = self.client.post("/oauth-apps", json=app | {"clientSecret": self.portal.client_secret} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["app"]

    def mint(self, integration: str = "sandbox", **fields) -> dict:
        body = {
            "integrationName": integration,
            "authMethodKey": "oauth2",
            "oauthAppMode": "weavz_managed" if integration == "sandbox" else None,
            "connectionName": "Ada's apples",
            "externalId": f"apples-{next(self._numbers)}",
            "workspaceId": self.portal.workspace_id,
        }
        answer = self.client.post("/connect/token", json=body | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30)

    def press(self, browser: httpx.Client, minted: dict, **headers: str) -> list[tuple[str, str]]:
        """Presses the button of a page that is open; the parameters with which the browser comes to the provider."""
        form = {"method": "oauth2", "display": "page"}
        answer = browser.post(f"/connect/{minted['sessionId']}", data=form, headers=headers)
        assert answer.status_code == 303, answer.text
        return parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True)

    def begin(self, browser: httpx.Client, **fields) -> tuple[dict, str]:
        """A new session, and the state with which the provider is asked."""
        minted = self.mint(**fields)
        assert browser.get(minted["connectUrl"]).status_code == 200
        return minted, dict(self.press(browser, minted))["state"]

    def connect(self, **fields) -> dict:
        """The connection that came of it."""
        minted = self.mint(**fields)
        with consenting_provider(self.sandbox_url), self.browser() as browser:
            browser.get(callback_address(browser, minted))
        session = self.session(minted)
        assert session["status"] == "COMPLETED", session
        return self.look(session["connectionId"])

    def look(self, connection: str) -> dict:
        return self.client.get("/connections", params={"id": connection}).json()["connection"]

    def session(self, minted: dict) -> dict:
        return self.client.get(f"/connect/session/{minted['sessionId']}").json()["session"]

    def requests(self, endpoint: str) -> list[dict]:
        """What the provider saw there."""
        return httpx.get(f"{self.sandbox_url}/control/requests", params={"endpoint": endpoint}).json()["requests"]

    @property
    def token_requests(self) -> int:
        return token_requests(self.sandbox_url)


def callback_of(app: dict | None = None) -> str:
    """The path to which people come back who were sent away with this app."""
    return urlsplit(app["redirectUri"]).path if app else CALLBACK
