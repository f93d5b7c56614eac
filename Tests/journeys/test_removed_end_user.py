"""Once an app has removed an end user, the links that it made for them lead nowhere."""

import httpx
import pytest

LIFETIMES = {"an hour": 3600, "thirty days": 2_592_000}


@pytest.fixture
def person(portal):
    with httpx.Client(base_url=portal.url, headers={"Origin": portal.url}) as person:
        yield person


@pytest.fixture
def user(api, workspace):
    offered = api.post(f"/api/v1/workspaces/{workspace['id']}/integrations", json={"integrationName": "openai"})
    assert offered.status_code == 201
    made = api.post("/api/v1/end-users", json={"workspaceId": workspace["id"], "externalId": "ada"})
    return made.json()["endUser"]


@pytest.mark.parametrize("lifetime", LIFETIMES)
def test_link(lifetime, api, workspace, user, person):
    body = {"expiresIn": LIFETIMES[lifetime]}
    link = api.post(f"/api/v1/end-users/{user['id']}/connect-token", json=body).json()["connectUrl"]
    assert person.get(link).status_code == 200
    assert api.delete(f"/api/v1/end-users/{user['id']}").status_code == 200
    expect_the_end(person, link, api, workspace)
    # Somebody of the same name is somebody else.
    api.post("/api/v1/end-users", json={"workspaceId": workspace["id"], "externalId": "ada"})
    assert person.get(link).status_code in {401, 410}


def test_link_of_a_removed_workspace(api, workspace, user, person):
    link = api.post(f"/api/v1/end-users/{user['id']}/connect-token", json={}).json()["connectUrl"]
    assert person.get(link).status_code == 200
    assert api.delete(f"/api/v1/workspaces/{workspace['id']}").status_code == 200
    assert person.get(link).status_code in {401, 410}
    assert person.post("/connect/portal/connect", data={"integration": "openai"}).status_code in {401, 410}


def expect_the_end(person, link: str, api, workspace) -> None:
    """Neither the link nor the cookie that it left opens anything."""
    assert person.get(link).status_code in {401, 410}
    assert person.get("/connect/portal").status_code in {401, 410}
    assert person.post("/connect/portal/connect", data={"integration": "openai"}).status_code in {401, 410}
    assert api.get("/api/v1/end-users", params={"workspaceId": workspace["id"]}).json()["total"] == 0
