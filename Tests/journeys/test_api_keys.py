"""What a key opens, for whom and for how long."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
from grants import API_KEY_GRANT
from portal import API_KEY, wait_for
from refusals import expect_refusal, refused
from weavz_sdk import WeavzClient


def test_api_keys(weavz, portal):
    made = weavz.api_keys.create(name="Deployment", permissions={"scope": "org"})
    key, plain = made["apiKey"], made["plainKey"]
    assert API_KEY.fullmatch(plain)
    assert (key["name"], key["keyPrefix"], key["permissions"]) == ("Deployment", plain[:8], {"scope": "org"})
    listing = weavz.api_keys.list()
    assert plain not in str(listing)
    assert listing["total"] == len(listing["apiKeys"])
    assert listing["apiKeys"][0] == key

    with WeavzClient(plain, base_url=portal.url) as client:
        assert client.workspaces.list()["total"] > 0
        with refused(400, "VALIDATION_ERROR"):
            client.api_keys.delete(key["id"])
        assert weavz.api_keys.delete(key["id"]) == {"deleted": True, "id": key["id"]}
        with refused(401, "UNAUTHENTICATED"):
            client.workspaces.list()
    with refused(404, "NOT_FOUND"):
        weavz.api_keys.delete(key["id"])


def test_api_key_expires(weavz, portal):
    soon = datetime.now(UTC) + timedelta(seconds=2)
    made = weavz.api_keys.create(name="Short", expires_at=soon.isoformat())
    stated = datetime.fromisoformat(made["apiKey"]["expiresAt"])
    assert abs(stated - soon) < timedelta(milliseconds=2)
    address, headers = f"{portal.url}/api/v1/workspaces", {"Authorization": f"Bearer {made['plainKey']}"}
    assert httpx.get(address, headers=headers).status_code == 200
    wait_for(lambda: httpx.get(address, headers=headers).status_code == 401, 5, lambda: "the key never expired")
    answer = httpx.get(address, headers=headers)
    expect_refusal(answer, 401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_api_key_for_one_workspace(weavz, api, workspace, connect, portal, limited_client):
    inside = connect("inside", scope="WORKSPACE", workspace_id=workspace["id"])
    outside = connect(f"outside-{uuid4()}")
    client = limited_client(workspace["id"])
    assert client.connections.list() == {"connections": [inside], "total": 1, "nextCursor": None}
    assert client.connections.get(inside["id"])["connection"] == inside
    user = client.end_users.create(workspace_id=workspace["id"], external_id="ada")["endUser"]
    assert client.end_users.get(user["id"])["endUser"] == user
    denied = [
        lambda: client.connections.get(outside["id"]),
        lambda: client.connections.delete(outside["id"]),
        lambda: client.connections.create(external_id="new", display_name="New", **API_KEY_GRANT),
        lambda: client.end_users.list(portal.workspace_id),
        lambda: client.workspaces.list_integrations(portal.workspace_id),
        lambda: client.workspaces.create(name="Mine", slug="mine"),
        lambda: client.workspaces.delete(workspace["id"]),
        lambda: client.api_keys.list(),
        lambda: client.api_keys.create(name="Wider"),
    ]
    for call in denied:
        with refused(403, "SCOPE_DENIED"):
            call()


def test_api_key_that_may_not_read_credentials(weavz, portal, connect):
    connection = connect(f"secret-{uuid4()}")
    plain = weavz.api_keys.create(name="Blind", permissions={"scope": "org", "credentials": "none"})["plainKey"]
    address = f"{portal.url}/api/v1/connections/{connection['id']}/credentials"
    expect_refusal(httpx.get(address, headers={"Authorization": f"Bearer {plain}"}), 403, "FORBIDDEN")
