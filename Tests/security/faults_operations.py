"""Calls that write or reveal, and what must be true of them after a restart."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from faults_scene import Scene


@dataclass(frozen=True)
class Operation:
    """`is_right` looks after the restart: what was done is there, and what was refused is there whole or not at all."""

    name: str
    method: str
    path: Callable[[Scene], str]
    is_right: Callable[[Scene, dict | None], bool]
    body: Callable[[Scene], dict] = lambda scene: {}

    def send(self, scene: Scene, patience: float):
        content = json.dumps(self.body(scene)) if self.method in {"POST", "PATCH"} else None
        headers = {"Content-Type": "application/json"} if content else {}
        return scene.client.request(self.method, self.path(scene), content=content, headers=headers, timeout=patience)


def minted_right(scene: Scene, done: dict | None) -> bool:
    return done is None or scene.client.get(f"/connect/session/{done['sessionId']}").status_code == 200


def created_right(scene: Scene, done: dict | None) -> bool:
    found = scene.found(externalId=scene.name)
    if not found:
        return done is None
    credentials = scene.client.get(f"/connections/{found[0]['id']}/credentials").json()["credentials"]
    return credentials == {"secretText": scene.secret}


def key_made_right(scene: Scene, done: dict | None) -> bool:
    return done is None or scene.opens(done["plainKey"]) == 200


def refreshed_right(scene: Scene, done: dict | None) -> bool:
    """What was said to be renewed is; otherwise the token lives, or it is said that nobody knows."""
    return not (done and scene.renewed.credentials().status_code == 424) and scene.is_honest(scene.renewed)


def read_right(scene: Scene, done: dict | None) -> bool:
    """Whoever was told a secret is in the log."""
    if done and (done["credentials"]["accessToken"] != scene.read.grant.access_token() or not scene.was_written_down):
        return False
    return scene.is_honest(scene.read)


def ended_right(scene: Scene, done: dict | None) -> bool:
    status = scene.client.get(f"/connect/session/{scene.session}").json()["session"]["status"]
    return status == "FAILED" or (done is None and status == "PENDING")


def key_ended_right(scene: Scene, done: dict | None) -> bool:
    status = scene.opens(scene.key["plainKey"])
    return status == 401 or (done is None and status == 200)


def removed_right(scene: Scene, done: dict | None) -> bool:
    if scene.client.get(f"/connections/{scene.removed.id}/credentials").status_code == 404:
        return True
    return done is None and scene.is_honest(scene.removed)


OPERATIONS = [
    Operation("mint", "POST", lambda scene: "/connect/token", minted_right, lambda scene: scene.link("minted")),
    Operation("create", "POST", lambda scene: "/connections", created_right, Scene.typed),
    Operation("create key", "POST", lambda scene: "/api-keys", key_made_right, lambda scene: {"name": "made"}),
    Operation("refresh", "POST", lambda scene: f"/connections/{scene.renewed.id}/refresh", refreshed_right),
    Operation("credentials", "GET", lambda scene: f"/connections/{scene.read.id}/credentials", read_right),
    Operation("revoke session", "DELETE", lambda scene: f"/connect/session/{scene.session}", ended_right),
    Operation("revoke key", "DELETE", lambda scene: f"/api-keys/{scene.key['apiKey']['id']}", key_ended_right),
    Operation("delete", "DELETE", lambda scene: f"/connections/{scene.removed.id}", removed_right),
]
