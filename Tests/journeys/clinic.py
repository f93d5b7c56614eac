"""A portal with integrations of its own at the sandbox, and `connect-portal doctor` beside it."""

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

import httpx
from clients import client_of
from portal import Portal, run_command
from walk import callback_address, consenting_provider

CLIENT_ID = "connect-portal-demo"
FACTS = {
    "description": "A made-up service at the sandbox",
    "categories": ["DEVELOPER_TOOLS"],
    "color": "#1D4ED8",
    "website": "https://service.example",
    "docs": "https://www.rfc-editor.org/rfc/rfc6749",
    "checked": "2026-11-21",
}
PLAIN = {
    "authorizationUrl": "{sandbox}/authorize",
    "tokenUrl": "{sandbox}/token",
    "revocationUrl": "{sandbox}/revoke",
    "scopes": ["profile", "email"],
}
# What people sign in with: fields of `oauth2`.
SIGN_INS = {
    "brook": PLAIN,
    "signed-brook": PLAIN | {"clientAuthentication": "private_key_jwt"},
    "pushing-brook": PLAIN | {"pushedAuthorizationUrl": "{sandbox}/par"},
    "dry-brook": PLAIN | {"tokenUrl": "http://localhost:1/token"},
    "named-brook": PLAIN | {"appParameters": ["orchardName"]},
    "orchard": {"discovery": True, "issuer": "{sandbox}", "scopes": ["profile", "email"]},
}
# For every definition, with the key for a form.
KEY_OPTION = {
    "key": "api_key",
    "type": "SECRET_TEXT",
    "displayName": "API key",
    "verification": {"request": {"method": "GET", "url": "{sandbox}/api/whoami"}},
}
FORMS = {
    "keys-only": {"auth": [KEY_OPTION]},
    "branches": {
        "inputs": [{"key": "host", "label": "Branch", "placeholder": "north", "pattern": "[a-z]+"}],
        "auth": [
            {
                "key": "oauth2",
                "type": "OAUTH2",
                "displayName": "Sign in",
                "oauth2": PLAIN | {"authorizationUrl": "{sandbox}/authorize?branch={host}"},
            }
        ],
    },
}
LINE = re.compile(r"^([✓!✗]) (.{17}) (.*)$")


@dataclass
class Report:
    """What one run told."""

    exit_code: int
    text: str
    # Sign, subject and words with the hints below.
    findings: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self):
        for line in self.text.splitlines():
            if match := LINE.match(line):
                self.findings.append((match[1], match[2].strip(), match[3]))
            elif line.startswith(" ") and self.findings:
                sign, subject, words = self.findings[-1]
                self.findings[-1] = sign, subject, f"{words} {line.strip().removeprefix('→ ')}"

    def expect(self, sign: str, subject: str, *words: str) -> str:
        """The finding about a subject, which has this sign and all the words."""
        found = [finding for finding in self.findings if finding[1] == subject]
        fitting = [text for mark, _, text in found if mark == sign and all(word in text for word in words)]
        assert fitting, f"no “{sign} {subject}” with {words} in:\n{self.text}"
        return fitting[0]

    @property
    def bad(self) -> set[str]:
        return {subject for sign, subject, _ in self.findings if sign == "✗"}


class Clinic:
    def __init__(self, portal: Portal, directory: Path, storage: dict[str, str]):
        self.portal, self.directory = portal, directory
        self.storage = {"PORTAL_DATABASE_URL": portal.database_url} | storage

    def app(self, integration: str = "brook", **fields) -> dict:
        """A right entry of the file of OAuth apps, but for the fields given."""
        entry = {"integrationName": integration, "clientId": CLIENT_ID, "clientSecret": self.portal.client_secret}
        return entry | fields

    def settings(self, apps: list[dict] = ()) -> dict[str, str]:
        """As the server's would be that knows these OAuth apps."""
        definitions = write_definitions(self.directory / "definitions", self.portal.sandbox_url)
        file = self.directory / "apps.yaml"
        file.write_text(json.dumps(list(apps)))
        return self.storage | {
            "PORTAL_PUBLIC_URL": self.portal.url,
            "PORTAL_INTEGRATIONS_DIR": str(definitions),
            "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,[::1]/128",
            "PORTAL_OAUTH_APPS": str(file),
        }

    def doctor(self, *arguments: str, apps: list[dict] = (), **settings: str) -> Report:
        run = run_command("doctor", *arguments, **self.settings(apps) | settings)
        assert run.stderr == "", run
        assert self.portal.client_secret not in run.stdout
        return Report(run.returncode, run.stdout)

    def accept(self, *arguments: str) -> CompletedProcess:
        return run_command("integrations", "accept", *arguments, **self.settings())

    def register_own_app(self, integration: str) -> None:
        """As the organization's own, by the API."""
        with client_of(self.portal) as client:
            body = self.app(integration, displayName="Our own")
            assert client.post("/oauth-apps", json=body).status_code == 201

    def connect(self, integration: str) -> None:
        """A person signs in, so that a discovered provider is asked for the first time."""
        with client_of(self.portal) as client:
            body = {
                "integrationName": integration,
                "connectionName": "Patient",
                "externalId": f"patient-{integration}",
                "workspaceId": self.portal.workspace_id,
            }
            minted = client.post("/connect/token", json=body).json()
        with consenting_provider(self.portal.sandbox_url), httpx.Client() as browser:
            answer = browser.get(callback_address(browser, minted), follow_redirects=True)
            assert answer.status_code == 200, answer.text

    @contextmanager
    def changed_metadata(self, **changes):
        """Meanwhile the sandbox says something else of itself."""
        address = f"{self.portal.sandbox_url}/control/metadata"
        assert httpx.patch(address, json=changes).status_code == 200
        yield
        assert httpx.patch(address, json={"moved": False, "members": {}, "status": 200}).status_code == 200


def write_definitions(directory: Path, sandbox_url: str = "{sandbox}") -> Path:
    """A directory for PORTAL_INTEGRATIONS_DIR; only the demo knows the placeholder."""
    directory.mkdir(exist_ok=True)
    forms = FORMS | {name: {"auth": [sign_in(oauth2)]} for name, oauth2 in SIGN_INS.items()}
    for name, form in forms.items():
        definition = FACTS | {"name": name, "displayName": name.replace("-", " ").title()} | form
        (directory / f"{name}.yaml").write_text(json.dumps(definition).replace("{sandbox}", sandbox_url))
    return directory


def sign_in(oauth2: dict) -> dict:
    account = {"request": {"method": "GET", "url": "{sandbox}/userinfo"}, "id": "sub", "label": "email"}
    account["request"]["headers"] = {"Authorization": "Bearer {accessToken}"}
    return {"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2, "account": account}
