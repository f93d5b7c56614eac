"""Connections of every type, kept, listed, opened and removed."""

from uuid import uuid4

import pytest
from grants import GRANTS, OAUTH_GRANT
from refusals import expect_refusal, refused


@pytest.mark.parametrize("kind", GRANTS)
def test_connection_of_each_type(kind, weavz, api):
    grant, credentials = GRANTS[kind]
    fields = {"external_id": f"{kind}-{uuid4()}", "display_name": "Main account"} | grant | {"type": kind}
    connection = weavz.connections.create(**fields)["connection"]
    assert (connection["type"], connection["status"], connection["scope"]) == (kind, "ACTIVE", "ORGANIZATION")
    assert (connection["workspaceId"], connection["endUserId"], connection["statusReason"]) == (None, None, None)
    assert weavz.connections.get(connection["id"])["connection"] == connection
    with refused(409, "DUPLICATE"):
        weavz.connections.create(**fields)

    opened = api.get(f"/api/v1/connections/{connection['id']}/credentials")
    assert opened.headers["cache-control"] == "no-store"
    assert opened.json()["connection"] == connection
    assert opened.json()["credentials"].items() >= credentials.items()
    assert "a refresh token" not in opened.text

    assert weavz.connections.delete(connection["id"]) == {"deleted": True, "id": connection["id"]}
    for call in (weavz.connections.get, weavz.connections.delete):
        with refused(404, "NOT_FOUND"):
            call(connection["id"])


def test_connection_lists(api, workspace, connect, limited_client):
    inside = {"workspace_id": workspace["id"]}
    oldest, ada, grace = (
        connect("team", scope="WORKSPACE", **inside),
        connect("ada", end_user_id="ada", **inside),
        connect("grace", end_user_id="grace", **inside, **OAUTH_GRANT, type="OAUTH2"),
    )
    client = limited_client(workspace["id"])
    assert client.connections.list(limit=2)["connections"] == [grace, ada]
    assert client.connections.list(limit=2, offset=2, include_suspended=False)["connections"] == [oldest]
    assert client.connections.list(offset=3)["total"] == 3
    filters = [
        ({"endUserId": "ada"}, [ada]),
        ({"externalId": "team"}, [oldest]),
        ({"integrationName": "sandbox", "status": "ACTIVE"}, [grace, ada, oldest]),
        ({"integrationName": "github"}, []),
        ({"status": "ERROR"}, []),
    ]
    for query, found in filters:
        listing = api.get("/api/v1/connections", params=query | {"workspaceId": workspace["id"]}).json()
        assert (listing["connections"], listing["total"]) == (found, len(found)), query


def test_renamed_connection(api, connect):
    connection = connect(f"renamed-{uuid4()}")
    address = f"/api/v1/connections/{connection['id']}"
    renamed = api.patch(address, json={"displayName": "Another name"}).json()["connection"]
    assert renamed == connection | {"displayName": "Another name", "updatedAt": renamed["updatedAt"]}
    expect_refusal(api.patch(address, json={}), 400, "NO_UPDATES")
