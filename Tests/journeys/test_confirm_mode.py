"""In confirm mode nothing is connected before the app's backend says that it was its own user who connected."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from embedding import dialog, expect_error, expect_result, press_connect
from playwright.sync_api import expect
from portal import wait_for
from steps import connect_as_ada, event_types, expect_connected_as_ada, expect_success_page

PATH = "/api/v1/connect/session"


@pytest.fixture
def confirm(api):
    def confirm(session: str, handle: str) -> httpx.Response:
        return api.post(f"{PATH}/{session}/confirm", json={"handle": handle})

    return confirm


@pytest.fixture
def state(api):
    """What whoever has the link may know."""
    return lambda minted: api.post(f"{PATH}/poll", json={"token": minted["token"]}).json()


@pytest.fixture
def connections(api):
    def connections(user: str) -> list[dict]:
        found = api.get("/api/v1/connections", params={"endUserId": user}).json()["connections"]
        return [one for one in found if one["endUserId"] == user]

    return connections


@pytest.mark.parametrize("policy", [None, "same-origin"], ids=["opener", "severed"])
def test_popup(policy, portal, api, weavz, app, confirm, mint, new_context):
    """Where the page cannot hear its popup, the handle comes with the popup to the app."""
    if policy:
        app.headers["Cross-Origin-Opener-Policy"] = policy
    app.confirm = lambda session, handle: confirm(session, handle).is_success
    minted = mint(confirm="app", allowedOrigins=[app.url], successRedirectUri=f"{app.url}/done")
    page = new_context().new_page()
    app.open(page, connectUrl=minted["connectUrl"], confirms=True)
    popup = press_connect(page)
    connect_as_ada(popup, portal)
    if policy:
        popup.wait_for_url(f"{app.url}/done**")
        [handle] = parse_qs(urlsplit(popup.url).query)["confirmHandle"]
        assert confirm(minted["sessionId"], handle).is_success
    result = expect_result(page, minted)
    expect_connected_as_ada(result["connectionId"], weavz)
    assert event_types(api, minted["sessionId"])[-2:] == ["confirmation_awaited", "completed"]


def test_popup_of_somebody_else(portal, app, mint, connections, new_context):
    minted = mint(confirm="app", allowedOrigins=[app.url], endUserId="refused")
    page = new_context().new_page()
    app.open(page, connectUrl=minted["connectUrl"], confirms=True)
    connect_as_ada(press_connect(page), portal)
    expect_error(page, "NOT_CONFIRMED")
    assert connections("refused") == []


@pytest.mark.parametrize("screen", ["phone", "no-script"])
def test_redirect(screen, portal, app, confirm, mint, state, connections, new_context):
    minted = mint(confirm="app", successRedirectUri=f"{app.url}/done?step=2", endUserId=f"redirected-{screen}")
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    connect_as_ada(page, portal)
    page.wait_for_url(f"{app.url}/done?step=2&status=confirm**")
    assert state(minted)["status"] == "CONNECTING"
    assert connections(f"redirected-{screen}") == []

    [handle] = parse_qs(urlsplit(page.url).query)["confirmHandle"]
    answer = confirm(minted["sessionId"], handle)
    assert answer.json()["session"]["status"] == "COMPLETED"
    [connection] = connections(f"redirected-{screen}")
    assert connection["id"] == state(minted)["connectionId"]
    again = confirm(minted["sessionId"], handle)
    assert (again.status_code, again.json()["code"]) == (409, "NOT_AWAITING_CONFIRMATION")
    page.goto(f"{portal.url}/connect/{minted['sessionId']}")
    expect_success_page(page, portal)


def test_page_that_waits(portal, app, confirm, mint, new_context):
    """A popup that nobody answers yet says so, and goes on by itself."""
    received = []
    app.confirm = lambda session, handle: bool(received.append((session, handle)))
    minted = mint(confirm="app", allowedOrigins=[app.url])
    page = new_context().new_page()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    connect_as_ada(popup, portal)
    expect(popup.get_by_role("heading", level=1)).to_have_text("Almost done")
    expect(dialog(page)).to_be_visible()
    page.wait_for_function("receivedMessages.some(({data}) => data.type === 'connect-portal-confirm')")
    [message] = page.evaluate("receivedMessages.filter(({data}) => data.type === 'connect-portal-confirm')")
    assert message["origin"] == portal.url
    assert confirm(message["data"]["sessionId"], message["data"]["handle"]).is_success
    expect_result(page, minted)
    assert received == [], "no option, no call"


def test_forwarded_link(portal, api, app, confirm, mint, state, connections, new_context):
    """Mallory sends her own link to Victor, who signs in with his account."""
    minted = mint(confirm="app", successRedirectUri=f"{app.url}/done", endUserId="mallory")
    revocations = revocation_requests(portal)
    victor, mallory = new_context().new_page(), new_context().new_page()
    victor.goto(minted["connectUrl"])
    connect_as_ada(victor, portal)
    victor.wait_for_url(f"{app.url}/done?status=confirm**")

    # All that Mallory has is the link, and that tells her nothing of use.
    [handle] = parse_qs(urlsplit(victor.url).query)["confirmHandle"]
    told = state(minted)
    assert (told["status"], told["awaiting"], told["connectionId"]) == ("CONNECTING", "APP", None)
    assert handle not in str(told)
    mallory.goto(minted["connectUrl"])
    expect(mallory.get_by_role("heading", level=1)).to_have_text("This link was opened in another browser")
    assert handle not in mallory.content()

    # The app's backend sees that Victor is signed in, and that the session is Mallory's.
    session = api.get(f"{PATH}/{minted['sessionId']}").json()["session"]
    assert session["endUserId"] == "mallory"
    api.delete(f"{PATH}/{minted['sessionId']}")
    assert confirm(minted["sessionId"], handle).status_code == 409
    assert connections("mallory") == []
    wait_for(
        lambda: revocation_requests(portal) == revocations + 2, 20, lambda: "the grant was not revoked at the provider"
    )


def revocation_requests(portal) -> int:
    return httpx.get(f"{portal.sandbox_url}/control/requests", params={"endpoint": "revoke"}).json()["total"]
