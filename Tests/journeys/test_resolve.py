"""Which connection an app gets: every rule, in one scene of workspaces, users and connections."""

from types import SimpleNamespace

import httpx
import pytest
from refusals import expect_refusal

# Integrations without a connection of the organization's own, and with one.
OWN, SHARED = "github", "notion"
NOT_FOUND, DENIED = (404, "CONNECTION_NOT_FOUND"), (403, "SCOPE_DENIED")
# What is asked for, and the connection that comes, by the names of the scene; or the refusal.
RULES = {
    "no workspace: the organization's": ({"integrationName": SHARED}, "organization"),
    "no workspace: never a workspace's": ({"integrationName": OWN}, NOT_FOUND),
    "no workspace: not by name either": ({"integrationName": OWN, "externalId": "team"}, DENIED),
    "no workspace: the limited key's only one": ({"integrationName": OWN, "key": "limited"}, "team"),
    "name: in the workspace": ({"workspace": "open", "externalId": "team"}, "team"),
    "name: the organization's": (
        {"workspace": "open", "integrationName": SHARED, "externalId": "organization"},
        "organization",
    ),
    "name: the workspace's before the organization's": (
        {"workspace": "open", "integrationName": SHARED, "externalId": "twice"},
        "twice in open",
    ),
    "name: of its owner": ({"workspace": "open", "externalId": "ada old", "endUserId": "ada"}, "ada old"),
    "name: of another user": ({"workspace": "open", "externalId": "ada old", "endUserId": "grace"}, DENIED),
    "name: of a user who is not named": ({"workspace": "open", "externalId": "ada old"}, DENIED),
    "name: of another workspace": ({"workspace": "fixed", "externalId": "team"}, DENIED),
    "name: unknown": ({"workspace": "open", "externalId": "nothing"}, NOT_FOUND),
    "name: of another integration": ({"workspace": "open", "externalId": "other method"}, NOT_FOUND),
    "user: the newest of their own": ({"workspace": "open", "endUserId": "ada"}, "ada new"),
    "user: else the workspace's": ({"workspace": "open", "endUserId": "grace"}, "team"),
    "user: else the organization's": (
        {"workspace": "per_user", "integrationName": SHARED, "endUserId": "nobody"},
        "organization",
    ),
    "user: per_user has nothing else": ({"workspace": "per_user", "endUserId": "nobody"}, NOT_FOUND),
    "user: per_user_with_fallback": ({"workspace": "per_user_with_fallback", "endUserId": "nobody"}, "fallback"),
    "user: their own before the fallback": ({"workspace": "per_user_with_fallback", "endUserId": "ada"}, "ada there"),
    "neither: fixed": ({"workspace": "fixed"}, "chosen"),
    "neither: the workspace's": ({"workspace": "open"}, "team"),
    "neither: else the organization's": ({"workspace": "fixed", "integrationName": SHARED}, "organization"),
    "neither: never a user's": ({"workspace": "users only"}, NOT_FOUND),
    "method: that of the key": (
        {"workspace": "open", "integrationName": "sandbox", "authMethodKey": "api_key"},
        "other method",
    ),
    "method: none": ({"workspace": "open", "integrationName": "sandbox", "authMethodKey": "oauth2"}, NOT_FOUND),
}


@pytest.fixture(scope="module")
def scene(start_portal):
    """A portal of its own, because the organization's connections count."""
    portal = start_portal()
    with httpx.Client(base_url=f"{portal.url}/api/v1", headers={"Authorization": f"Bearer {portal.api_key}"}) as api:
        yield arrange(api)


def arrange(api: httpx.Client) -> SimpleNamespace:
    workspaces, connections = {}, {}

    def make(path, **fields):
        answer = api.post(path, json=fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def connect(name, workspace=None, integration=OWN, **fields):
        body = {"type": "OAUTH2", "accessToken": "a token", "externalId": name, "displayName": name}
        body |= {"integrationName": integration, "workspaceId": workspaces.get(workspace)}
        if workspace and "endUserId" not in fields:
            body["scope"] = "WORKSPACE"
        connection = make("/connections", **body | fields)["connection"]
        connections[f"{name} in {workspace}" if name in connections else name] = connection["id"]
        return connection["id"]

    def offer(strategy, connection=None):
        entry = {"integrationName": OWN, "connectionStrategy": strategy, "connectionId": connection}
        make(f"/workspaces/{workspaces[strategy]}/integrations", **entry)

    for number, name in enumerate(["open", "users only", "per_user", "per_user_with_fallback", "fixed"]):
        workspaces[name] = make("/workspaces", name=name, slug=f"scene-{number}")["workspace"]["id"]
    connect("twice", integration=SHARED)
    connect("organization", integration=SHARED)
    connect("twice", "open", integration=SHARED)
    connect("team", "open")
    connect("other method", "open", "sandbox", type="SECRET_TEXT", secretText="sk_sandbox_ada_1815")
    connect("ada old", "open", endUserId="ada")
    connect("ada new", "open", endUserId="ada")
    connect("ada alone", "users only", endUserId="ada")
    connect("unused", "per_user")
    offer("per_user")
    offer("per_user_with_fallback", connect("fallback", "per_user_with_fallback"))
    connect("ada there", "per_user_with_fallback", endUserId="ada")
    offer("fixed", connect("chosen", "fixed"))
    connect("newer", "fixed")
    permissions = {"scope": "workspace", "workspaceIds": [workspaces["open"]]}
    limited = make("/api-keys", name="Limited", permissions=permissions)["plainKey"]
    return SimpleNamespace(api=api, workspaces=workspaces, connections=connections, limited=limited)


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule, scene):
    asked, expected = RULES[rule]
    body = {"integrationName": OWN} | asked
    headers = {"Authorization": f"Bearer {scene.limited}"} if body.pop("key", None) else {}
    if workspace := body.pop("workspace", None):
        body["workspaceId"] = scene.workspaces[workspace]
    for path in ("/connections/resolve", "/connections/resolve/credentials"):
        answer = scene.api.post(path, json=body, headers=headers)
        if isinstance(expected, tuple):
            details = expect_refusal(answer, *expected)
            assert ("connectUrl" in details) == (expected == NOT_FOUND and "endUserId" in asked), details
        else:
            assert answer.status_code == 200, answer.text
            assert answer.json()["connection"]["id"] == scene.connections[expected]
