"""The official client, unchanged, through the resources; keys and connections have files of their own."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
from refusals import expect_refusal, refused
from weavz_sdk import WorkspaceIntegration

NOBODY = str(uuid4())


def test_workspaces(weavz):
    slug = f"acme-{uuid4()}"
    workspace = weavz.workspaces.create(name="Acme", slug=slug)["workspace"]
    assert workspace.keys() == {"id", "orgId", "name", "slug", "branding", "createdAt", "updatedAt"}
    assert (workspace["name"], workspace["slug"]) == ("Acme", slug)
    with refused(409, "DUPLICATE"):
        weavz.workspaces.create(name="Another", slug=slug)

    with refused(400, "NO_UPDATES"):
        weavz.workspaces.update(workspace["id"])
    renamed = weavz.workspaces.update(workspace["id"], name="Acme & Söhne")["workspace"]
    assert renamed == workspace | {"name": "Acme & Söhne", "updatedAt": renamed["updatedAt"]}
    assert weavz.workspaces.get(workspace["id"])["workspace"] == renamed
    newest = weavz.workspaces.list(limit=1, include_suspended=True)
    assert newest["workspaces"] == [renamed]
    assert newest["total"] == len(weavz.workspaces.list(limit=100)["workspaces"])

    assert weavz.workspaces.delete(workspace["id"]) == {"deleted": True, "id": workspace["id"]}
    for call in (weavz.workspaces.get, weavz.workspaces.delete, weavz.workspaces.list_integrations):
        with refused(404, "NOT_FOUND"):
            call(workspace["id"])


def test_workspace_takes_along_what_it_holds(weavz, workspace, connect, mint):
    inside = {"workspace_id": workspace["id"]}
    lost = [connect("team", scope="WORKSPACE", **inside), connect("ada", end_user_id="ada", **inside)]
    kept = connect(f"shared-{uuid4()}")
    user = weavz.end_users.list(workspace["id"])["endUsers"][0]
    session = mint(workspaceId=workspace["id"])["sessionId"]

    weavz.workspaces.delete(workspace["id"])
    for connection in lost:
        with refused(404, "NOT_FOUND"):
            weavz.connections.get(connection["id"])
    with refused(404, "END_USER_NOT_FOUND"):
        weavz.end_users.get(user["id"])
    with refused(404, "NOT_FOUND"):
        weavz.connect.get_session(session)
    assert weavz.connections.get(kept["id"])["connection"] == kept


def test_end_users(weavz, api, workspace):
    fields = {"external_id": "ada", "display_name": "Ada", "email": "ada@example.com", "metadata": {"plan": "pro"}}
    user = weavz.end_users.create(workspace_id=workspace["id"], **fields)["endUser"]
    assert (user["externalId"], user["email"], user["metadata"]) == ("ada", "ada@example.com", {"plan": "pro"})
    assert (user["type"], user["connectionCount"]) == ("external", 0)
    with refused(409, "DUPLICATE"):
        weavz.end_users.create(workspace_id=workspace["id"], external_id="ada")

    with refused(400, "NO_UPDATES"):
        weavz.end_users.update(user["id"])
    changed = weavz.end_users.update(user["id"], display_name="Ada King")["endUser"]
    assert changed == user | {"displayName": "Ada King", "updatedAt": changed["updatedAt"]}
    assert weavz.end_users.get(user["id"]) == {"endUser": changed, "connections": []}
    # The client leaves out what is None, so clearing takes a plain request.
    clearing = api.patch(f"/api/v1/end-users/{user['id']}", json={"email": None, "metadata": None})
    cleared = clearing.json()["endUser"]
    assert (cleared["displayName"], cleared["email"], cleared["metadata"]) == ("Ada King", None, {})

    weavz.end_users.create(workspace_id=workspace["id"], external_id="grace")
    page = weavz.end_users.list(workspace["id"], limit=1, offset=1)
    assert ([listed["externalId"] for listed in page["endUsers"]], page["total"]) == (["ada"], 2)
    found = api.get("/api/v1/end-users", params={"workspaceId": workspace["id"], "externalId": "ada"}).json()
    assert (found["endUsers"], found["total"]) == ([cleared], 1)
    expect_refusal(api.get("/api/v1/end-users"), 400, "VALIDATION_ERROR", "workspaceId")

    assert weavz.end_users.delete(user["id"]) == {"deleted": True, "id": user["id"], "connectionsDeleted": 0}
    with refused(404, "END_USER_NOT_FOUND"):
        weavz.end_users.get(user["id"])


def test_end_user_links(weavz, portal, workspace):
    user = weavz.end_users.create(workspace_id=workspace["id"], external_id="ada")["endUser"]
    link = weavz.end_users.create_connect_token(user["id"], integration_name="sandbox", expires_in=3600)
    assert link.keys() == {"connectUrl", "token", "expiresAt"}
    assert re.fullmatch(r"eut_[\w-]+(\.[\w-]+){2}", link["token"])
    assert link["connectUrl"] == f"{portal.url}/connect/portal?token={link['token']}"
    lifetime = datetime.fromisoformat(link["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=59) < lifetime <= timedelta(hours=1)
    invitation = weavz.end_users.invite(user["id"], email="ada@example.com")
    assert (invitation["emailSent"], invitation["token"][:4]) == (False, "eut_"), "there is no mail server"

    for call in (weavz.end_users.create_connect_token, lambda id: weavz.end_users.invite(id, email="ada@example.com")):
        with refused(404, "END_USER_NOT_FOUND"):
            call(NOBODY)
    with refused(404, "INTEGRATION_NOT_FOUND"):
        weavz.end_users.create_connect_token(user["id"], integration_name="no-such-thing")
    with refused(404, "NOT_FOUND"):
        weavz.end_users.create_connect_token(user["id"], workspace_integration_id=NOBODY)


def test_end_user_comes_and_goes_with_connections(weavz, workspace, connect):
    connections = [
        connect(external_id, workspace_id=workspace["id"], end_user_id="ada") for external_id in ("first", "second")
    ]
    (user,) = weavz.end_users.list(workspace["id"])["endUsers"]
    assert (user["externalId"], user["connectionCount"]) == ("ada", 2)
    assert weavz.end_users.get(user["id"])["connections"] == connections[::-1]
    assert {(connection["scope"], connection["endUserId"]) for connection in connections} == {("USER", "ada")}

    assert weavz.end_users.delete(user["id"])["connectionsDeleted"] == 2
    for connection in connections:
        with refused(404, "NOT_FOUND"):
            weavz.connections.get(connection["id"])


def test_integrations(weavz, portal):
    listing = weavz.integrations.list()
    names = [integration["name"] for integration in listing["integrations"]]
    assert listing["total"] == len(names) == len(set(names))
    assert "sandbox" in names
    summaries = weavz.integrations.list_summary()["integrations"]
    assert sorted(summary["name"] for summary in summaries) == sorted(names)
    assert weavz.integrations.list(summary=False) == listing

    sandbox = weavz.integrations.get("sandbox")["integration"]
    assert [(option["key"], option["type"]) for option in sandbox["authOptions"]] == [
        ("oauth2", "OAUTH2"),
        ("api_key", "SECRET_TEXT"),
    ]
    assert (sandbox["actions"], sandbox["triggers"]) == ({}, {})
    with refused(404, "INTEGRATION_NOT_FOUND"):
        weavz.integrations.get("no-such-thing")
    assert "sandbox" in weavz.integrations.oauth_status()["configured"]
    assert httpx.get(f"{portal.url}/api/v1/integrations").json() == listing


def test_workspace_integrations(weavz, workspace, connect):
    workspaces, place = weavz.workspaces, workspace["id"]
    team = connect("team", scope="WORKSPACE", workspace_id=place)
    settings = {"persistence": {"scope": "workspace"}}
    added = workspaces.add_integration(
        place, integration_name="sandbox", auth_method_key="api_key", settings=settings, enabled_actions=["read"]
    )["integration"]
    assert (added["alias"], added["connectionStrategy"], added["sortOrder"]) == ("sandbox", "per_user", 0)
    assert (added["settings"], added["enabledActions"]) == (settings, ["read"])
    assert WorkspaceIntegration.model_validate(added).workspace_id == place
    with refused(409, "ALIAS_CONFLICT"):
        workspaces.add_integration(place, integration_name="sandbox", auth_method_key="api_key")
    with refused(404, "INTEGRATION_NOT_FOUND"):
        workspaces.add_integration(place, integration_name="no-such-thing")
    with refused(400, "VALIDATION_ERROR", "authMethodKey"):
        workspaces.add_integration(place, integration_name="sandbox", integration_alias="any_method")

    with refused(400, "VALIDATION_ERROR", "connectionId"):
        workspaces.update_integration(place, added["id"], connection_strategy="fixed")
    with refused(400, "NO_UPDATES"):
        workspaces.update_integration(place, added["id"])
    fixed = workspaces.update_integration(
        place, added["id"], connection_strategy="fixed", connection_id=team["id"], integration_alias="team"
    )["integration"]
    assert (fixed["alias"], fixed["connectionId"], fixed["connectionStatus"]) == ("team", team["id"], "ACTIVE")
    assert fixed["connectionDisplayName"] == team["displayName"]
    listing = workspaces.list_integrations(place)
    assert (listing["integrations"], listing["total"]) == ([fixed], 1)

    weavz.connections.delete(team["id"])
    (left,) = workspaces.list_integrations(place)["integrations"]
    assert (left["connectionId"], left["connectionStatus"]) == (None, None)
    assert workspaces.remove_integration(place, added["id"]) == {"deleted": True, "id": added["id"]}
    with refused(404, "NOT_FOUND"):
        workspaces.remove_integration(place, added["id"])


def test_connect(weavz, api, workspace):
    minted = weavz.connect.create_token(
        integration_name="sandbox",
        connection_name="Ada's sandbox",
        external_id="ada-sandbox",
        workspace_id=workspace["id"],
        end_user_id="ada",
        auth_method_key="oauth2",
        success_redirect_uri="https://app.example.com/done",
    )
    assert re.fullmatch(r"cst_[\w-]+(\.[\w-]+){2}", minted["token"])
    assert minted["connectUrl"].endswith(f"/connect?token={minted['token']}")
    session = weavz.connect.get_session(minted["sessionId"])["session"]
    assert (session["status"], session["externalId"], session["endUserId"]) == ("PENDING", "ada-sandbox", "ada")
    assert session["expiresAt"] == minted["expiresAt"]
    poll = weavz.connect.poll(minted["token"])
    assert (poll["status"], poll["connectionId"], poll["error"]) == ("PENDING", None, None)
    assert {name: session[name] for name in poll} == poll

    revoked = api.delete(f"/api/v1/connect/session/{minted['sessionId']}")
    assert revoked.status_code == 200, revoked.text
    assert weavz.connect.wait(minted["token"], timeout=5)["status"] == "FAILED"
    with refused(401, "INVALID_TOKEN"):
        weavz.connect.poll("cst_forged")
    with refused(404, "NOT_FOUND"):
        weavz.connect.get_session(NOBODY)
    with refused(404, "INTEGRATION_NOT_FOUND"):
        weavz.connect.create_token(
            integration_name="no-such-thing", connection_name="A", external_id="a", workspace_id=workspace["id"]
        )
