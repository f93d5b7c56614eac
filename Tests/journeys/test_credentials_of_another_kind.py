"""What opens one thing opens no other: keys, links, tickets and handles are each good for their own purpose."""

import httpx
import pytest
from clients import client_of
from refusals import expect_refusal
from walk import callback_address, consenting_provider

CALLS = [("GET", "/workspaces"), ("GET", "/connections"), ("POST", "/connect/token"), ("GET", "/api-keys")]


@pytest.fixture(scope="module")
def portal(start_sqlite_portal):
    return start_sqlite_portal()


@pytest.fixture(scope="module")
def minted(portal):
    """A session in confirm mode whose person has signed in, and all that was given out on the way."""
    with client_of(portal) as client, consenting_provider(portal.sandbox_url), httpx.Client() as browser:
        body = {
            "integrationName": "sandbox",
            "authMethodKey": "oauth2",
            "connectionName": "Ada",
            "externalId": "ada",
            "endUserId": "ada",
            "workspaceId": portal.workspace_id,
            "confirm": "app",
            "successRedirectUri": "https://app.example/done",
        }
        minted = client.post("/connect/token", json=body).json()
        address = callback_address(browser, minted)
        back = httpx.URL(browser.get(address).headers["location"])
        user = client.post("/end-users", json={"workspaceId": portal.workspace_id, "externalId": "grace"}).json()
        link = client.post(f"/end-users/{user['endUser']['id']}/connect-token", json={}).json()
        [ticket] = browser.cookies.values()
        return {
            "connect token": minted["token"],
            "connect token as a key": "wvz_" + minted["token"].removeprefix("cst_")[:32],
            "link to the person's page": link["token"],
            "ticket of a browser": ticket,
            "confirm handle": back.params["confirmHandle"],
            "state": httpx.URL(address).params["state"],
            "code": httpx.URL(address).params["code"],
            "session": minted["sessionId"],
            "prefix of a key": portal.api_key[:8],
            "key in capitals": portal.api_key.upper(),
            "client secret": portal.client_secret,
        }


KINDS = [
    *("connect token", "connect token as a key", "link to the person's page", "ticket of a browser", "confirm handle"),
    *("state", "code", "session", "prefix of a key", "key in capitals", "client secret"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_api_key_opens_the_api(kind, minted, portal):
    for method, path in CALLS:
        for headers in ({"Authorization": f"Bearer {minted[kind]}"}, {"X-Api-Key": minted[kind]}):
            answer = httpx.request(method, f"{portal.url}/api/v1{path}", json={}, headers=headers)
            expect_refusal(answer, 401, "UNAUTHENTICATED")


@pytest.mark.parametrize("place", ["query", "cookie", "basic"])
def test_an_api_key_counts_in_its_header_alone(place, portal):
    ways = {
        "query": {"params": {"access_token": portal.api_key, "token": portal.api_key, "api_key": portal.api_key}},
        "cookie": {"headers": {"Cookie": f"Authorization={portal.api_key}; token={portal.api_key}"}},
        "basic": {"auth": ("", portal.api_key)},
    }
    expect_refusal(httpx.get(f"{portal.url}/api/v1/workspaces", **ways[place]), 401, "UNAUTHENTICATED")


@pytest.mark.parametrize("path", ["/connect", "/connect/portal"])
def test_pages_take_no_api_key(path, portal):
    headers = {"Authorization": f"Bearer {portal.api_key}"}
    for parameters in ({}, {"token": portal.api_key}):
        answer = httpx.get(portal.url + path, params=parameters, headers=headers)
        assert answer.status_code in {401, 410}
        assert "set-cookie" not in answer.headers
