"""A link leaves nothing behind in a browser that others could use: its token goes, and its cookie stays with us."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from clients import client_of
from evidence import kept_by, occurrences
from playwright.sync_api import expect
from steps import sign_in_at_sandbox, start_sign_in

PUBLIC_URL = "https://connect.example"
HOST = {"Host": "connect.example"}
# RFC 6265bis §4.1.3.2: with this prefix a browser takes it from nobody but this very host, and only by https.
COOKIE = re.compile(r"__Host-connect-[\w-]+=[\w.-]+; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure")


@pytest.fixture(scope="module")
def behind_tls(start_sqlite_portal):
    """As a proxy asks it that ends TLS."""
    return start_sqlite_portal(command="serve", PORTAL_PUBLIC_URL=PUBLIC_URL)


@pytest.fixture(scope="module")
def links(behind_tls):
    """The link of a session, and one to a person's own page."""
    body = {"integrationName": "openai", "connectionName": "Ada", "externalId": "ada"}
    with client_of(behind_tls) as client:
        minted = client.post("/connect/token", json=body | {"workspaceId": behind_tls.workspace_id}).json()
        user = client.post("/end-users", json={"workspaceId": behind_tls.workspace_id, "externalId": "ada"}).json()
        link = client.post(f"/end-users/{user['endUser']['id']}/connect-token", json={}).json()
        return {"session": minted["connectUrl"], "page of one's own": link["connectUrl"]}


@pytest.mark.parametrize("kind", ["session", "page of one's own"])
def test_cookie(kind, behind_tls, links):
    assert links[kind].startswith(f"{PUBLIC_URL}/connect")
    address = links[kind].replace(PUBLIC_URL, behind_tls.url)
    answers = [httpx.get(address, headers=HOST) for _ in range(2)]
    cookies = [answer.headers["set-cookie"] for answer in answers]
    for answer, cookie in zip(answers, cookies, strict=True):
        assert answer.status_code == 200
        assert COOKIE.fullmatch(cookie)
        # It is kept nowhere, and told to nobody.
        value = cookie.partition("=")[2].partition(";")[0]
        assert occurrences({"cookie": {value}}, kept_by(behind_tls)) == []
        assert value not in answer.text
    if kind == "session":
        assert len(set(cookies)) == 2, "each browser has its own"


def test_nothing_is_kept_by_caches_or_told_to_others(behind_tls, links):
    for address in links.values():
        answer = httpx.get(address.replace(PUBLIC_URL, behind_tls.url), headers=HOST)
        assert answer.headers["cache-control"] == "no-store"
        # Between our own pages only: with no-referrer browsers would send `Origin: null` with our own forms.
        assert answer.headers["referrer-policy"] == "same-origin"


def test_token_leaves_the_address_and_the_provider_is_told_no_page(portal, mint, new_context):
    minted = mint()
    page = new_context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto(minted["connectUrl"])
    page.wait_for_url(f"{portal.url}/connect/{minted['sessionId']}")
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    expect(page.get_by_role("button", name="Allow")).to_be_visible()
    abroad = [request for request in asked if request.url.startswith(portal.sandbox_url)]
    assert abroad
    assert {urlsplit(request.all_headers().get("referer", "")).netloc for request in abroad} <= {
        "",
        urlsplit(portal.sandbox_url).netloc,
    }
    assert not any(minted["token"] in request.url for request in asked[1:]), "it is asked with once"
    page.go_back()
    assert minted["token"] not in page.url
    assert minted["token"] not in portal.log
