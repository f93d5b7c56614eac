"""What a portal holds, as an app sees it, to compare before and after its data has moved."""

import httpx
from creations import creations
from grants import GRANTS
from walk import callback_address, consenting_provider
from weavz_sdk import WeavzClient


def fill(portal, client: httpx.Client) -> None:
    """Something of everything, a connection of each type, and one that a person made by OAuth."""
    bodies = creations(portal.workspace_id, "ada")
    for path, body in bodies.items():
        answer = client.post(path, json=body)
        assert answer.is_success, answer.text
    weavz = WeavzClient(portal.api_key, base_url=portal.url)
    for kind, (grant, _) in GRANTS.items():
        weavz.connections.create(external_id=kind, display_name=f"Löwe ✓ {kind}", **grant | {"type": kind})
    body = bodies["/connect/token"] | {"externalId": "by-oauth", "authMethodKey": "oauth2", "endUserId": "ada"}
    with httpx.Client() as browser, consenting_provider(portal.sandbox_url):
        browser.get(callback_address(browser, client.post("/connect/token", json=body).json()))
    [connection] = client.get("/connections", params={"externalId": "by-oauth"}).json()["connections"]
    assert connection["account"]["label"] == "ada@sandbox.example"


def contents(portal, client: httpx.Client) -> dict[str, list]:
    """Every list, and the credentials of every connection."""
    workspace = {"workspaceId": portal.workspace_id}
    found = {
        "workspaces": client.get("/workspaces").json()["workspaces"],
        "end users": client.get("/end-users", params=workspace).json()["endUsers"],
        "connections": client.get("/connections").json()["connections"],
        "OAuth apps": client.get("/oauth-apps").json()["apps"],
        "sessions": client.get("/connect/sessions").json()["sessions"],
        "integrations": client.get(f"/workspaces/{portal.workspace_id}/integrations").json()["integrations"],
    }
    found["credentials"] = [
        client.get(f"/connections/{connection['id']}/credentials").json()["credentials"]
        for connection in found["connections"]
    ]
    return found
