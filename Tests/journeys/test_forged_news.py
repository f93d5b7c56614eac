"""What anybody can say in a browser connects nothing: the app hears from the portal's server what became of it."""

import pytest
from embedding import dialog, press_connect
from playwright.sync_api import expect
from steps import connect_as_ada

FORGED = {
    "type": "weavz-connect-result",
    "status": "success",
    "connectionId": "0192a4c1-7b3e-7c41-9a52-0123456789ab",
    "integrationName": "sandbox",
    "externalId": "forged",
}


@pytest.fixture
def session(weavz):
    """What the app's backend asks."""
    return lambda minted: weavz.connect.get_session(minted["sessionId"])["session"]


@pytest.mark.parametrize("sender", ["the page itself", "a frame of another site", "the window, from its first page"])
def test_forged_message(sender, portal, app, mint, session, new_context):
    minted = mint(allowedOrigins=[app.url])
    context = new_context()
    page = context.new_page()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    expect(popup.get_by_role("heading", level=1)).to_be_visible()
    message = FORGED | {"sessionId": minted["sessionId"]}
    if sender == "the page itself":
        page.evaluate("message => window.postMessage(message, '*')", message)
    elif sender == "a frame of another site":
        page.evaluate(
            "message => dispatchEvent(new MessageEvent('message', {origin: 'https://evil.example', data: message}))",
            message,
        )
    else:
        # Even with the right origin and source a message is no more than a hint to ask.
        popup.evaluate("([message, target]) => opener.postMessage(message, target)", [message, app.url])
        expect(page.locator("#events")).to_contain_text("message")
    page.wait_for_function("receivedMessages.some(({data}) => data.externalId === 'forged')")
    expect(dialog(page)).to_be_visible()
    expect(page.locator("#outcome")).to_be_empty()
    assert (session(minted)["status"], session(minted)["connectionId"]) == ("PENDING", None)
    connect_as_ada(popup, portal)
    expect(page.locator("#outcome")).to_contain_text("COMPLETED")
    assert FORGED["connectionId"] not in page.locator("#outcome").text_content()


def test_forged_return(portal, landing, mint, session, api, new_context):
    """Whoever comes to the app with the words of a success has still connected nothing."""
    minted = mint(successRedirectUri=f"{landing.url}/done", endUserId="forger")
    page = new_context().new_page()
    query = f"status=success&sessionId={minted['sessionId']}&connectionId={FORGED['connectionId']}"
    page.goto(f"{landing.url}/done?{query}")
    page.goto(f"{portal.url}/connect/portal?{query}")
    assert (session(minted)["status"], session(minted)["connectionId"]) == ("PENDING", None)
    found = api.get("/api/v1/connections", params={"endUserId": "forger"}).json()["connections"]
    assert [one for one in found if one["endUserId"] == "forger"] == []
