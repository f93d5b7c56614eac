"""What a request claims beside what it is: another host, a key in another place, another method, a file by its path."""

import socket
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from creations import creations, find_id
from refusals import expect_refusal

ELSEWHERE = "evil.example"
# Headers that claim that the portal is elsewhere.
CLAIMS = {
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "666",
    "Forwarded": f"host={ELSEWHERE};proto=https",
    "X-Original-URL": "/api/v1/api-keys",
    "X-Rewrite-URL": "/api/v1/api-keys",
    "X-HTTP-Method-Override": "DELETE",
}
# Paths as no browser would send them.
FILES = [
    *("/assets/../openapi.json", "/assets/..%2fPackage.swift", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/....//a"),
    *("//etc/passwd", "/assets//etc/passwd", "/assets/portal.css%00.js", "/assets/portal.css/..", "/connect.js/../a"),
    *("/.git/config", "/.env", "/portal.sqlite", "/connect/logo/..%2f..%2fportal.sqlite", "/assets/tiles/..%2fa.svg"),
    *("/assets/brand/..%2f..%2fportal.css", "/Templates/connect.mustache", "/assets/"),
]


@pytest.mark.parametrize("host", [ELSEWHERE, f"localhost@{ELSEWHERE}", "localhost", "127.0.0.1", "LOCALHOST:1", ""])
def test_page_under_another_name(host, portal, mint):
    answer = httpx.get(mint()["connectUrl"], headers={"Host": host})
    assert answer.status_code in {400, 421}, answer.text
    assert "set-cookie" not in answer.headers
    assert ELSEWHERE not in answer.text


def test_claims_of_being_elsewhere(portal, api, mint):
    minted = api.post("/api/v1/connect/token", json=minting(portal), headers=CLAIMS)
    assert minted.status_code == 200, minted.text
    assert minted.json()["connectUrl"].startswith(f"{portal.url}/connect?")
    with httpx.Client(base_url=portal.url, headers=CLAIMS | {"Origin": portal.url}) as person:
        page = person.get(minted.json()["connectUrl"])
        begun = person.post(f"/connect/{minted.json()['sessionId']}", data={"method": "oauth2", "display": "page"})
    query = parse_qs(urlsplit(begun.headers["location"]).query)
    assert query["redirect_uri"] == [f"{portal.url}/api/v1/connect/oauth-callback"]
    for text in (page.text, str(page.headers), begun.headers["location"]):
        assert ELSEWHERE not in text
    assert "secure" not in page.headers["set-cookie"].lower(), "the setting decides, not the request"


def minting(portal) -> dict:
    body = {"integrationName": "sandbox", "authMethodKey": "oauth2", "connectionName": "Claimed", "externalId": "c"}
    return body | {"workspaceId": portal.workspace_id}


KEYS_ELSEWHERE = {
    "in the query": {"params": {"access_token": "{key}", "api_key": "{key}", "token": "{key}"}},
    "as a cookie": {"headers": {"Cookie": "access_token={key}; Authorization=Bearer {key}; token={key}"}},
    "in another header": {"headers": {"X-API-Key": "{key}", "Proxy-Authorization": "Bearer {key}", "Api-Key": "{key}"}},
    "as Basic": {"headers": {"Authorization": "Basic {key}"}},
    "as a user": {"auth": ("{key}", "")},
    "in no scheme": {"headers": {"Authorization": "{key}"}},
}


@pytest.mark.parametrize("place", KEYS_ELSEWHERE)
def test_key_in_another_place(place, portal):
    parts = filled(KEYS_ELSEWHERE[place], portal.api_key)
    answer = httpx.get(f"{portal.url}/api/v1/workspaces", **parts)
    expect_refusal(answer, 401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert portal.api_key not in answer.text
    body = httpx.post(
        f"{portal.url}/api/v1/workspaces", data={"access_token": portal.api_key, "name": "a", "slug": "a"}
    )
    expect_refusal(body, 401, "UNAUTHENTICATED")


def filled(parts, key: str):
    if isinstance(parts, str):
        return parts.format(key=key)
    if isinstance(parts, tuple):
        return tuple(filled(part, key) for part in parts)
    return {name: filled(part, key) for name, part in parts.items()}


@pytest.mark.parametrize("second", ["{key}", "Bearer {key}", "Basic YTpi", ""])
def test_two_authorizations(second, portal):
    """RFC 6750 §2: a client must not use more than one way in a request."""
    headers = [("Authorization", f"Bearer {portal.api_key}"), ("Authorization", second.format(key=portal.api_key))]
    for given in (headers, headers[::-1]):
        answer = httpx.get(f"{portal.url}/api/v1/workspaces", headers=given)
        expect_refusal(answer, 400, "VALIDATION_ERROR")
        assert portal.api_key not in answer.text


def test_method_of_a_header(portal, api, workspace):
    for method in ("GET", "POST"):
        for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            api.request(method, f"/api/v1/workspaces/{workspace['id']}?_method=DELETE", headers={header: "DELETE"})
    assert api.get(f"/api/v1/workspaces/{workspace['id']}").status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "PURGE"])
@pytest.mark.parametrize("path", ["/api/v1/workspaces", "/connect", "/assets/portal.css", "/health", "/nothing"])
def test_other_method(method, path, portal):
    secret = "a-header-that-is-not-told"
    answer = httpx.request(method, portal.url + path, headers={"X-Secret": secret})
    assert answer.status_code in {400, 404, 405, 501}, answer.text
    assert secret not in answer.text


@pytest.mark.parametrize("path", FILES)
def test_file_by_its_path(path, portal):
    host, port = urlsplit(portal.url).netloc.split(":")
    with closing(socket.create_connection((host, int(port)), timeout=10)) as wire:
        # A client would tidy the path up.
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    status = int(answer.split(b" ", 2)[1])
    assert status in {400, 404, 421}, answer[:500]
    for word in (b"root:x", b"swift-tools-version", b"SQLite format", b"{{>"):
        assert word not in answer


# What the portal alone decides, and what belongs to others.
NOT_FOR_CALLERS = {
    "id": "00000000-0000-7000-8000-000000000000",
    "orgId": "00000000-0000-7000-8000-000000000000",
    "organizationId": "00000000-0000-7000-8000-000000000000",
    "createdAt": "2001-01-01T00:00:00Z",
    "updatedAt": "2001-01-01T00:00:00Z",
    "lastUsedAt": "2001-01-01T00:00:00Z",
    "keyPrefix": "wvz_0000",
    "plainKey": "wvz_" + "0" * 32,
    "isDefault": True,
    "account": {"id": "1", "label": "somebody"},
    "connectUrl": f"https://{ELSEWHERE}/",
    "__proto__": {"admin": True},
}


@pytest.mark.parametrize("path", creations("WORKSPACE", ""))
def test_fields_that_a_caller_cannot_set(path, portal, api):
    """One rule everywhere: what is unknown or read-only is passed over."""
    path = path.replace("WORKSPACE", portal.workspace_id)
    body = creations(portal.workspace_id, "not-for-callers")[path]
    made = api.post(f"/api/v1{path}", json=NOT_FOR_CALLERS | body)
    assert made.is_success, made.text
    for value in ("00000000-0000-7000-8000-000000000000", "2001-01-01", "0" * 32, "somebody", ELSEWHERE, "proto"):
        assert value not in made.text
    assert find_id(made.json()) != NOT_FOR_CALLERS["id"]
