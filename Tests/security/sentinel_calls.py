"""What an app asks of the API, also where the provider and the app itself do wrong."""

from secrets import token_hex, token_urlsafe

from playwright.sync_api import expect
from portal import wait_for
from sentinel_app import Backend
from sentinel_journeys import SUBMIT, Journeys
from sentinel_provider import Provider
from sentinel_secrets import Secrets

IN_CREDENTIALS = ("access token", "revoked token", "typed secret", "typed password", "typed token", "typed certificate")


def play_calls(portal, backend: Backend, provider: Provider, secrets: Secrets, journeys: Journeys) -> None:
    renew_and_read(backend, provider, journeys.made)
    keep_given(portal, backend, secrets)
    refuse(portal, backend, secrets)
    invite(portal, backend, secrets, journeys)
    remove(backend, provider, journeys.made)


def renew_and_read(backend: Backend, provider: Provider, connections: list[str]) -> None:
    """Each is renewed, then renewed by a provider that repeats what it hears."""
    for connection in connections:
        found = backend.call("GET", f"/connections?id={connection}")["connection"]
        backend.call("GET", f"/connections/{connection}/credentials", *IN_CREDENTIALS)
        if found["type"] not in ("OAUTH2", "PLATFORM_OAUTH2"):
            continue
        backend.call("POST", f"/connections/{connection}/refresh")
        backend.call("GET", f"/connections/{connection}/credentials", *IN_CREDENTIALS)
    provider.echoing = {"/token"}
    for connection in connections[::3]:
        backend.call("POST", f"/connections/{connection}/refresh", "portal token", expect={409, 424, 503})
        backend.call("GET", f"/connections?id={connection}")
    provider.echoing = set()
    for path in ("/connections", "/connect/sessions", "/oauth-apps", "/api-keys", "/integrations?name=signed"):
        backend.call("GET", path)


def keep_given(portal, backend: Backend, secrets: Secrets) -> None:
    """Secrets that the app has, each in a request that may be repeated and is answered from what was kept."""
    workspace = portal.workspace_id
    given = {
        name: f"{name}-{token_urlsafe()}" for name in ("accessToken", "refreshToken", "secretText", "clientSecret")
    }
    for name, secret in given.items():
        secrets.add(f"given {name}", secret)
    where = {"workspaceId": workspace, "scope": "WORKSPACE", "displayName": "Given"}
    tokens = {name: given[name] for name in ("accessToken", "refreshToken")}
    bodies = {
        "/api-keys": {"name": "Second"},
        "/oauth-apps": {"integrationName": "github", "clientId": "given", "clientSecret": given["clientSecret"]},
        "/connections": {"type": "OAUTH2", "integrationName": "basic", "externalId": "given", **tokens, **where},
        "/connections?": {"type": "SECRET_TEXT", "integrationName": "openai", "externalId": "typed", **where}
        | {"secretText": given["secretText"]},
    }
    for path, body in bodies.items():
        headers = {"Idempotency-Key": token_hex()}
        for _ in range(2):
            made = backend.call("POST", path.rstrip("?"), "API key", json=body, headers=headers)
            if "plainKey" in made:
                secrets.add("API key", made["plainKey"])


def refuse(portal, backend: Backend, secrets: Secrets) -> None:
    """Secrets where none should be, none of which comes back in the refusal."""
    lost = {name: f"{name}-{token_urlsafe()}" for name in ("field", "text", "key", "basic", "query", "path", "cookie")}
    for name, secret in lost.items():
        secrets.add(f"misplaced {name}", secret)
    body = {
        "type": "SECRET_TEXT",
        "secretText": [lost["field"]],
        "scope": lost["field"],
        "integrationName": lost["field"],
    }
    backend.call("POST", "/connections", json=body, expect={400, 404})
    broken = f'{{"secretText": "{lost["text"]}'
    backend.call("POST", "/connections", content=broken, headers={"Content-Type": "application/json"}, expect={400})
    for sent in (f"Bearer wvz_{lost['key']}", f"Basic {lost['basic']}", lost["key"]):
        backend.call("GET", "/connections", headers={"Authorization": sent}, expect={401})
    backend.call("GET", f"/connections?cursor={lost['query']}&status={lost['query']}", expect={400})
    backend.call("GET", f"/connections/{lost['path']}/credentials", expect={404})
    backend.call("GET", f"/nowhere/{lost['path']}", expect={404}, headers={"Cookie": f"a={lost['cookie']}"})
    backend.call("POST", "/connect/session/poll", json={"token": f"cst_{lost['key']}"}, expect={401})
    backend.call("GET", f"/connect/session/events?token={lost['query']}", expect={401})


def invite(portal, backend: Backend, secrets: Secrets, journeys: Journeys) -> None:
    """By mail; the person opens the link, connects with a password, and removes that again."""
    workspace = portal.workspace_id
    user = backend.call("POST", "/end-users", json={"workspaceId": workspace, "externalId": "grace"})["endUser"]["id"]
    backend.call("POST", f"/workspaces/{workspace}/integrations", json={"integrationName": "basic"})
    body = {"email": "grace@acme.example"}
    link = backend.call("POST", f"/end-users/{user}/invite", "portal token", json=body)
    secrets.add_token("portal token", link["token"])
    assert link["emailSent"], "the mail was not sent"
    missing = {"integrationName": "basic", "workspaceId": workspace, "endUserId": "grace"}
    found = backend.call("POST", "/connections/resolve", "portal token", json=missing, expect={404})
    secrets.add_token("portal token", found["details"]["connectUrl"].partition("token=")[2])
    page = journeys.page()
    page.goto(link["connectUrl"])
    page.get_by_role("button", name="Connect Basic").click()
    page.locator(SUBMIT).click()
    expect(page.get_by_text("ada@service.example")).to_be_visible()
    page.get_by_text("Disconnect", exact=True).click()
    page.get_by_role("button", name="Yes, disconnect").click()
    expect(page.locator(".notice.good")).to_contain_text("Disconnected")
    journeys.keep_cookies(page.context)
    page.context.close()


def remove(backend: Backend, provider: Provider, connections: list[str]) -> None:
    """Half of them at a provider that repeats what it is asked to end."""
    half = len(connections) // 2
    provider.echoing = {"/revoke"}
    for connection in connections[:half]:
        backend.call("DELETE", f"/connections/{connection}")
    wait_for(lambda: provider.ended, 20, lambda: "nothing was ended at the provider")
    provider.echoing = set()
    for connection in connections[half:-2]:
        backend.call("DELETE", f"/connections/{connection}")
    backend.call("GET", "/activity", expect={200, 404})
