"""The popup speaks to the app's own page alone, and that page believes nobody else."""

import json

import pytest
from embedding import events, expect_error, press_connect
from playwright.sync_api import Page, expect
from portal import wait_for
from steps import connect_as_ada

RESULT, CONFIRM = "weavz-connect-result", "connect-portal-confirm"
SECRETS = ("cst_", "eut_", "wvz_", "token", "secret", "code", "state")
# Who sends a message that only the popup may send: its origin is another, or its window is.
SENDERS = ["the page itself", "the popup at the provider", "another window of the portal"]


def messages(page: Page, kind: str = RESULT) -> list[dict]:
    return [message for message in page.evaluate("receivedMessages") if message["data"].get("type") == kind]


def test_only_the_origin_that_the_session_names(portal, app, mint, new_context):
    """The window that opened the popup is of an origin that the session does not name."""
    for named in (["https://first.example"], ["https://first.example", app.url]):
        page = new_context().new_page()
        # No stream and no poll: whatever the page hears, it hears from the popup.
        page.route("**/api/v1/connect/session/**", lambda route: route.abort())
        app.open(page, connectUrl=mint(allowedOrigins=named)["connectUrl"], ui=False)
        popup = press_connect(page)
        connect_until_the_end(popup, portal)
        heard = messages(page)
        assert [message["origin"] for message in heard] == ([portal.url] if app.url in named else [])
        for message in heard:
            assert message["data"].keys() <= {
                *("type", "status", "connectionId", "integrationName", "externalId", "sessionId", "error")
            }
            assert not [word for word in SECRETS if word in json.dumps(message["data"]).replace("sessionId", "")]


def connect_until_the_end(popup: Page, portal) -> None:
    """It closes itself once it has told whom it may tell."""
    with popup.expect_event("close"):
        connect_as_ada(popup, portal)


@pytest.mark.parametrize("sender", SENDERS)
def test_message_of_somebody_else(sender, portal, app, mint, new_context):
    minted = mint(allowedOrigins=[app.url], confirm="app", endUserId=f"forged {SENDERS.index(sender)}")
    handles = []
    app.confirm = lambda session, handle: handles.append(handle) or False
    page = new_context().new_page()
    app.open(page, connectUrl=minted["connectUrl"], confirms=True, ui=False)
    popup = press_connect(page)
    popup.wait_for_url(f"{portal.url}/connect/**")
    expect(popup.locator("form.actions button").first).to_be_visible()
    for forged in (
        {"type": CONFIRM, "sessionId": minted["sessionId"], "handle": "forged"},
        {"type": RESULT, "status": "success", "connectionId": "forged", "sessionId": minted["sessionId"]},
    ):
        send(forged, sender, page, popup, portal)
    wait_for(lambda: arrived(page) == 2, 5, lambda: "the messages did not arrive")
    assert handles == []
    assert not {"message", "confirming"} & set(events(page))
    assert page.locator("#outcome").text_content() == ""


def arrived(page: Page) -> int:
    return page.evaluate("receivedMessages.filter(({data}) => data.forged).length")


def send(message: dict, sender: str, page: Page, popup: Page, portal) -> None:
    message = message | {"forged": True}
    if sender == "the page itself":
        page.evaluate("message => window.postMessage(message, '*')", message)
    elif sender == "the popup at the provider":
        # The window that the page opened, but no longer at the portal.
        if not popup.url.startswith(portal.sandbox_url):
            popup.goto(f"{portal.sandbox_url}/")
        popup.evaluate("message => window.opener.postMessage(message, '*')", message)
    else:
        with page.expect_popup() as opened:
            page.evaluate("address => { window.open(address); }", f"{portal.url}/connect/nothing")
        opened.value.wait_for_load_state()
        opened.value.evaluate("message => window.opener.postMessage(message, '*')", message)


def test_handle_of_another_session(portal, app, mint, new_context):
    """What one's own popup says about the session is what the backend is asked about, and it looks whose it is."""
    minted, other = mint(allowedOrigins=[app.url], confirm="app"), mint(allowedOrigins=[app.url], confirm="app")
    asked = []
    app.confirm = lambda session, handle: asked.append(session) or session == other["sessionId"]
    page = new_context().new_page()
    app.open(page, connectUrl=minted["connectUrl"], confirms=True)
    connect_as_ada(press_connect(page), portal)
    expect_error(page, "NOT_CONFIRMED")
    assert asked == [minted["sessionId"]]
