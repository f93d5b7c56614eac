"""Objects that the calls of one round are about, made while all is well."""

from dataclasses import dataclass, field
from secrets import token_urlsafe

import httpx
from clients import client_of
from judged_portal import INTEGRATION, JudgedPortal, Kept


@dataclass
class Scene:
    """Three connections by OAuth, a session and an API key, and names for what is made of them."""

    app: JudgedPortal
    name: str = field(default_factory=token_urlsafe)

    def __post_init__(self) -> None:
        self.secret = f"secret-{self.name}"
        self.renewed, self.read, self.removed = (self.app.connect() for _ in range(3))
        self.session = self._made("/connect/token", self.link("ended"))["sessionId"]
        self.key = self._made("/api-keys", {"name": self.name})

    @property
    def client(self) -> httpx.Client:
        return self.app.client

    def link(self, purpose: str) -> dict:
        """A request for a link."""
        fields = {"integrationName": INTEGRATION, "connectionName": "Ada", "workspaceId": self.app.portal.workspace_id}
        return fields | {"externalId": f"{self.name}-{purpose}"}

    def typed(self) -> dict:
        """A request to keep a secret."""
        return {
            "type": "SECRET_TEXT",
            "integrationName": "openai",
            "externalId": self.name,
            "displayName": "Ada",
            "secretText": self.secret,
            "workspaceId": self.app.portal.workspace_id,
            "scope": "WORKSPACE",
        }

    def found(self, **filters: str) -> list[dict]:
        """The connections of this description."""
        answer = self.client.get("/connections", params=filters)
        assert answer.status_code == 200, answer.text
        return answer.json()["connections"]

    def opens(self, key: str) -> int:
        """The status that an API key gets."""
        with client_of(self.app.portal) as client:
            return client.get("/workspaces", headers={"Authorization": f"Bearer {key}"}).status_code

    @property
    def was_written_down(self) -> bool:
        """That somebody read the credentials that are only read."""
        filters = {"objectId": self.read.id, "type": "connection.credentials_read"}
        return bool(self.client.get("/activity", params=filters).json()["activity"])

    def is_told(self, answer: httpx.Response) -> bool:
        """Whether any secret is in the answer."""
        names = [kept.grant.name for kept in (self.renewed, self.read, self.removed)]
        text = answer.text + str(answer.headers)
        return any(secret in text for secret in [self.secret, *names])

    def is_honest(self, kept: Kept) -> bool:
        """Whether what an app gets works at the provider, or is called dead where a request had no known outcome."""
        answer = kept.credentials()
        if answer.status_code == 424:
            return kept.look()["status"] == "ERROR" and bool(kept.grant.shown)
        return answer.json()["credentials"]["accessToken"] == kept.grant.live_access_token

    def _made(self, path: str, body: dict) -> dict:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()
