"""A portal that is registered at Glewlwyd, in each of several ways."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from secrets import token_hex

import httpx
from clients import client_of
from clinic import Report
from glewlwyd import Glewlwyd
from glewlwyd_settings import SCOPES
from portal import Portal, run_command, running_portal
from walk import CALLBACK

# With what one or the other way to send it could spoil.
SECRET = "odd +/%&=:;~\"'\\<secret>"
DEFINITION = {
    "description": "A made-up service whose people sign in at a real provider",
    "categories": ["DEVELOPER_TOOLS"],
    "color": "#1D4ED8",
    "docs": "https://www.rfc-editor.org/rfc/rfc6749",
    "checked": "2026-11-21",
}


@dataclass(frozen=True)
class Registration:
    """One way: an integration of the portal, and the client that this is at the provider."""

    # Fields of the definition.
    oauth2: dict
    # Fields of the definition; otherwise it asks the provider, with the access token.
    account: dict | None = None
    # Fields of the client.
    client: dict = field(default_factory=lambda: by("client_secret_basic"))
    # What the portal believes to be the client secret.
    secret: str = SECRET

    def definition(self, name: str) -> dict:
        account = self.account or account_at(self.oauth2["issuer"])
        option = {"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": self.oauth2}
        return DEFINITION | {"name": name, "displayName": name.title(), "auth": [option | {"account": account}]}


class RegisteredPortal:
    """What an app does at such a portal."""

    def __init__(
        self, portal: Portal, provider: Glewlwyd, registrations: dict[str, Registration], settings: dict[str, str]
    ):
        self.url = portal.url
        self._settings = settings | {"PORTAL_DATABASE_URL": portal.database_url, "PORTAL_PUBLIC_URL": portal.url}
        self._provider = provider
        self._issuers = {name: registration.oauth2.get("issuer") for name, registration in registrations.items()}
        self._workspace_id = portal.workspace_id
        self._client = client_of(portal)
        self._numbers = count(1)

    def mint(self, integration: str, **fields) -> dict:
        """A link with which a person connects; keywords are fields of the request."""
        body = {
            "integrationName": integration,
            "connectionName": "Ada's files",
            "externalId": f"files-{next(self._numbers)}",
            "workspaceId": self._workspace_id,
        }
        answer = self._client.post("/connect/token", json=body | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def session(self, minted: dict) -> dict:
        return self._client.get(f"/connect/session/{minted['sessionId']}").json()["session"]

    def revoke_session(self, minted: dict) -> None:
        assert self._client.delete(f"/connect/session/{minted['sessionId']}").status_code == 200

    def connection(self, minted: dict) -> dict:
        """What came of a session."""
        session = self.session(minted)
        assert session["status"] == "COMPLETED", session
        return self._client.get("/connections", params={"id": session["connectionId"]}).json()["connection"]

    def access_token(self, connection: dict) -> str:
        answer = self._client.get(f"/connections/{connection['id']}/credentials")
        assert answer.status_code == 200, answer.text
        return answer.json()["credentials"]["accessToken"]

    def userinfo(self, connection: dict) -> httpx.Response:
        """What the provider answers to the access token."""
        return self._provider.userinfo(self._issuers[connection["integrationName"]], self.access_token(connection))

    def refresh(self, connection: dict) -> httpx.Response:
        return self._client.post(f"/connections/{connection['id']}/refresh")

    def delete(self, connection: dict) -> None:
        assert self._client.delete(f"/connections/{connection['id']}").status_code == 200

    def doctor(self, integration: str, **settings: str) -> Report:
        """What `connect-portal doctor` tells, with other settings where given."""
        run = run_command("doctor", integration, **self._settings | settings)
        assert run.stderr == "", run
        return Report(run.returncode, run.stdout)


@contextmanager
def running_registered_portal(new_directory, provider: Glewlwyd, registrations: dict[str, Registration]):
    """The registrations by the names of their integrations; `new_directory` makes a directory of the given name."""
    client_ids = {name: f"{name}-{token_hex(4)}" for name in registrations}
    settings = provider.trust | {
        "PORTAL_INTEGRATIONS_DIR": str(definitions(new_directory("definitions"), registrations)),
        "PORTAL_OAUTH_APPS": str(oauth_apps(new_directory("oauth-apps"), registrations, client_ids)),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,[::1]/128",
    }
    with running_portal(new_directory("portal"), command="serve", **settings) as portal:
        for name, registration in registrations.items():
            provider.new_client(client_ids[name], portal.url + CALLBACK, **registration.client)
        yield RegisteredPortal(portal, provider, registrations, settings)


def definitions(directory: Path, registrations: dict[str, Registration]) -> Path:
    for name, registration in registrations.items():
        # JSON is YAML.
        (directory / f"{name}.yaml").write_text(json.dumps(registration.definition(name)))
    return directory


def oauth_apps(directory: Path, registrations: dict[str, Registration], client_ids: dict[str, str]) -> Path:
    apps = [
        {"integrationName": name, "clientId": client_ids[name], "clientSecret": registration.secret}
        for name, registration in registrations.items()
    ]
    file = directory / "oauth-apps.yaml"
    file.write_text(json.dumps(apps))
    return file


def code_flow(issuer: str, **fields) -> dict:
    """The part of a definition about the code flow at an issuer; keywords are further fields."""
    return {
        "authorizationUrl": f"{issuer}/auth",
        "tokenUrl": f"{issuer}/token",
        "revocationUrl": f"{issuer}/revoke",
        "issuer": issuer,
        "requiresIssuer": True,
        "scopes": SCOPES,
        "grantsPartially": True,
        "encodeBasicCredentials": False,
    } | fields


def by(method: str) -> dict:
    """The part of a client about how it authenticates: this way and no other."""
    return {"client_secret": SECRET, "token_endpoint_auth_method": [method]}


def account_at(issuer: str) -> dict:
    headers = {"Authorization": "Bearer {accessToken}"}
    return {
        "request": {"method": "GET", "url": f"{issuer}/userinfo", "headers": headers},
        "id": "sub",
        "label": "email",
    }
