"""A portal whose one integration is the judge, and what an app does with connections there."""

import json
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from clients import client_of
from judge import Judge, running_judge
from portal import STOP_SECONDS, Portal, running_portal, wait_for
from token_grant import Grant

INTEGRATION = "acme"
PATIENCE_SECONDS = 20


@dataclass
class Kept:
    """A connection, with the grant at the judge that it keeps."""

    id: str
    grant: Grant
    client: httpx.Client

    def look(self) -> dict:
        return self._look()["connection"]

    def events(self) -> list[str]:
        return [event["type"] for event in self._look()["events"]]

    def _look(self) -> dict:
        answer = self.client.get("/connections", params={"id": self.id})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def credentials(self) -> httpx.Response:
        return self.client.get(f"/connections/{self.id}/credentials")

    def access_token(self) -> str:
        answer = self.credentials()
        assert answer.status_code == 200, answer.text
        return answer.json()["credentials"]["accessToken"]

    def refresh(self) -> httpx.Response:
        return self.client.post(f"/connections/{self.id}/refresh")

    def delete(self) -> None:
        answer = self.client.delete(f"/connections/{self.id}")
        assert answer.status_code == 200, answer.text

    def wait_for(self, **fields) -> dict:
        """Until the connection shows these values."""
        seen = {}

        def is_so() -> bool:
            seen.update(self.look())
            return all(seen[name] == value for name, value in fields.items())

        wait_for(is_so, PATIENCE_SECONDS, lambda: f"not {fields}: {seen}")
        return seen

    def wait_for_refresh(self, failures: int = 0) -> dict:
        """Until a refresh came to its end: a good one, or so many in a row that were not."""
        seen = {}

        def is_done() -> bool:
            seen.update(self.look())
            return seen["refresh"]["failures"] >= failures if failures else seen["lastRefreshedAt"] is not None

        wait_for(is_done, PATIENCE_SECONDS, lambda: f"not refreshed: {seen}")
        return seen

    def expect_usable(self) -> None:
        """What an app gets is what the provider accepts."""
        assert self.access_token() == self.grant.live_access_token
        assert self.look()["status"] == "ACTIVE"


class JudgedPortal:
    """An app's view of a portal, and of the judge."""

    def __init__(self, portal: Portal, judge: Judge):
        self.portal, self.judge = portal, judge
        self.client = client_of(portal)

    def connect(self, *, expires_in: int = 3600, end_user: str | None = None, **fields) -> Kept:
        """Keeps the tokens of a new grant; keywords are fields of the grant."""
        grant = self.judge.new_grant(**fields)
        answer = self.client.post("/connections", json=self.body(grant, expires_in, end_user))
        assert answer.status_code == 201, answer.text
        return Kept(answer.json()["connection"]["id"], grant, self.client)

    def body(self, grant: Grant, expires_in: int, end_user: str | None = None) -> dict:
        body = {
            "type": "OAUTH2",
            "integrationName": INTEGRATION,
            "externalId": f"{grant.name}-files",
            "displayName": "Ada's files",
            "workspaceId": self.portal.workspace_id,
            "scope": "WORKSPACE",
            "accessToken": grant.access_token(),
            "refreshToken": grant.refresh_token(),
            "expiresIn": expires_in,
        }
        return body | ({"scope": "USER", "endUserId": end_user} if end_user else {})

    def begin_to_stop(self) -> None:
        """Until nobody is let in any more."""
        self.portal.process.send_signal(signal.SIGTERM)
        wait_for(self._is_closed, STOP_SECONDS, lambda: self.portal.log)

    def _is_closed(self) -> bool:
        try:
            httpx.get(f"{self.portal.url}/health", timeout=1)
        except httpx.ConnectError:
            return True
        except httpx.TransportError:
            return False
        return False

    def kill(self) -> None:
        """As if the power failed."""
        self.portal.process.kill()
        self.portal.process.wait()

    def start(self) -> None:
        self.portal.start()
        self.portal.wait_until_ready()

    def kill_and_start(self) -> None:
        self.kill()
        self.start()


def judged_settings(judge: Judge, directory: Path) -> dict[str, str]:
    """The settings with which a portal knows the judge."""
    oauth2 = {
        "authorizationUrl": f"{judge.url}/authorize",
        "tokenUrl": f"{judge.url}/token",
        "revocationUrl": f"{judge.url}/revoke",
        "scopes": ["read"],
    }
    definition = {
        "name": INTEGRATION,
        "displayName": "Acme",
        "description": "A made-up provider that forgives nothing",
        "categories": ["DEVELOPER_TOOLS"],
        "color": "#0F766E",
        "auth": [{"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2}],
    }
    definitions = directory / "definitions"
    definitions.mkdir()
    # JSON is YAML.
    (definitions / f"{INTEGRATION}.yaml").write_text(json.dumps(definition))
    app = {"integrationName": INTEGRATION, "clientId": "journeys", "clientSecret": "a client secret"}
    (directory / "oauth-apps.yaml").write_text(json.dumps([app]))
    return {
        "PORTAL_INTEGRATIONS_DIR": str(definitions),
        "PORTAL_OAUTH_APPS": str(directory / "oauth-apps.yaml"),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8",
    }


# From one address.
MANY_CALLERS = {"PORTAL_MAX_CLIENTS": "8000"}


@contextmanager
def running_judged_portal(new_directory, **settings: str):
    """`new_directory` makes a directory of the given name."""
    with running_judge() as judge:
        settings = judged_settings(judge, new_directory("judged")) | MANY_CALLERS | settings
        with running_portal(new_directory("portal"), command="serve", **settings) as portal:
            yield JudgedPortal(portal, judge)
