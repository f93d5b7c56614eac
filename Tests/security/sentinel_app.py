"""The app's backend: every answer of the API is kept as a place to search, with what may be in it."""

import re

import httpx
from clients import client_of
from sentinel_secrets import Secrets

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Backend:
    """Calls the API; `places` are the answers with the kinds of secrets that belong there."""

    def __init__(self, portal, secrets: Secrets):
        self.places: list[tuple[str, bytes, set[str]]] = []
        self._secrets = secrets
        self._workspace = portal.workspace_id
        self._client = client_of(portal)
        self._number = 0

    def call(self, method: str, path: str, *belongs: str, expect: set[int] = frozenset({200, 201}), **request) -> dict:
        answer = self._client.request(method, path, **request)
        assert answer.status_code in expect, f"{method} {path}: {answer.status_code} {answer.text}"
        route = ID.sub(":id", path.partition("?")[0])
        self.places.append((f"the answer to {method} {route}", whole(answer), set(belongs)))
        return answer.json()

    def mint(self, integration: str, **fields) -> dict:
        self._number += 1
        body = {
            "integrationName": integration,
            "connectionName": "Ada",
            "externalId": f"ada-{self._number}",
            "endUserId": "ada",
            "workspaceId": self._workspace,
        }
        minted = self.call("POST", "/connect/token", "connect token", json=body | fields)
        self._secrets.add_token("connect token", minted["token"])
        return minted

    def connection(self, minted: dict) -> str:
        """The id of what came of it."""
        session = self.call("GET", f"/connect/session/{minted['sessionId']}")["session"]
        assert session["status"] == "COMPLETED", session
        return session["connectionId"]

    def confirm(self, session: str, handle: str) -> bool:
        self._secrets.add("confirm handle", handle)
        return bool(self.call("POST", f"/connect/session/{session}/confirm", json={"handle": handle}))

    def close(self) -> None:
        self._client.close()


def whole(answer: httpx.Response) -> bytes:
    """Its status line is told by nobody; headers and the body as it was sent and read."""
    head = "\r\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
    return head.encode() + b"\r\n\r\n" + answer.content
