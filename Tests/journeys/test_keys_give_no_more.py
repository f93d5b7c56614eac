"""What an API key may not do, no key that it makes may do either."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from clients import client_of
from refusals import expect_refusal

BLIND = {"scope": "org", "credentials": "none"}
# What a key without the right to read credentials asks for, and whether it may have it.
ASKED = {
    "everything": (None, False),
    "nothing said": ({}, False),
    "the organization": ({"scope": "org"}, False),
    "credentials": ({"credentials": "read"}, False),
    "the organization's credentials": (BLIND | {"credentials": "read"}, False),
    "a workspace's credentials": ({"scope": "workspace", "workspaceIds": ["{workspace}"]}, False),
    "the same": (BLIND, True),
    "less": ({"scope": "workspace", "workspaceIds": ["{workspace}"], "credentials": "none"}, True),
}


@pytest.fixture
def blind(portal):
    """A client whose key reads no credentials."""
    with client_of(portal) as client:
        made = client.post("/api-keys", json={"name": "Blind", "permissions": BLIND}).json()
        yield lambda: httpx.Client(base_url=client.base_url, headers={"Authorization": f"Bearer {made['plainKey']}"})


@pytest.mark.parametrize("case", ASKED)
def test_credentials(case, portal, blind):
    permissions, is_allowed = ASKED[case]
    if permissions and "workspaceIds" in permissions:
        permissions = permissions | {"workspaceIds": [portal.workspace_id]}
    with blind() as client:
        before = client.get("/api-keys").json()["total"]
        answer = client.post("/api-keys", json={"name": "Made by another", "permissions": permissions})
        if is_allowed:
            assert answer.status_code == 201, answer.text
        else:
            expect_refusal(answer, 403, "SCOPE_DENIED")
            assert client.get("/api-keys").json()["total"] == before


def test_time(portal):
    """A key that ends makes none that outlives it."""
    end = datetime.now(UTC) + timedelta(minutes=5)
    with client_of(portal) as client:
        plain = client.post("/api-keys", json={"name": "Ends", "expiresAt": end.isoformat()}).json()["plainKey"]
        headers = {"Authorization": f"Bearer {plain}"}
        for later in (None, (end + timedelta(minutes=1)).isoformat()):
            made = client.post("/api-keys", json={"name": "Lasts", "expiresAt": later}, headers=headers)
            assert made.status_code == 403 or datetime.fromisoformat(made.json()["apiKey"]["expiresAt"]) <= end
        sooner = (end - timedelta(minutes=1)).isoformat()
        made = client.post("/api-keys", json={"name": "Ends first", "expiresAt": sooner}, headers=headers)
        assert made.status_code == 201
