"""A person connects the sandbox provider, in every way an application can send them there."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from steps import (
    connect_as_ada,
    decide_at_sandbox,
    event_types,
    expect_connected_as_ada,
    expect_success_page,
    sign_in_at_sandbox,
    start_sign_in,
)

CONNECT = re.compile("^(re)?connect", re.IGNORECASE)


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_popup(screen, portal, weavz, new_context):
    context = new_context(screen)
    addresses = []
    context.on("request", lambda request: addresses.append(request.url))
    page = context.new_page()
    page.goto(f"{portal.url}/demo")
    assert page.url.startswith(portal.sandbox_url), "the sample app lives on an origin of its own"

    with page.expect_popup() as opened:
        page.locator("[data-integration=sandbox]").get_by_role("button", name=CONNECT).click()
    popup = opened.value
    start_sign_in(popup)
    sign_in_at_sandbox(popup, portal)
    with popup.expect_event("close"):
        decide_at_sandbox(popup, portal, "Allow")

    page.wait_for_function("receivedMessages.some(({data}) => data.type === 'weavz-connect-result')")
    received = [
        message
        for message in page.evaluate("receivedMessages")
        if message["data"].get("type") == "weavz-connect-result"
    ]
    assert [message["origin"] for message in received] == [portal.url]
    result = received[0]["data"]
    assert (result["status"], result["integrationName"], result["error"]) == ("success", "sandbox", None)

    # The page takes the token out of the address bar, so it is read from the request.
    opened_at = next(address for address in addresses if address.startswith(f"{portal.url}/connect?"))
    poll = weavz.connect.poll(parse_qs(urlsplit(opened_at).query)["token"][0])
    assert (poll["status"], poll["connectionId"]) == ("COMPLETED", result["connectionId"])
    expect_connected_as_ada(poll["connectionId"], weavz)
    expect(page.locator("[data-integration=sandbox]")).to_contain_text("ada@sandbox.example")


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_demo_in_this_tab(screen, portal, new_context):
    page = new_context(screen).new_page()
    page.goto(f"{portal.url}/demo")
    page.locator("[data-integration=sandbox]").get_by_role("button", name="in this tab").click()
    connect_as_ada(page, portal)

    page.wait_for_url(f"{portal.sandbox_url}/demo**")
    expect(page.get_by_role("status").first).to_contain_text("Sandbox is connected.")
    expect(page.locator("[data-integration=sandbox]")).to_contain_text("ada@sandbox.example")


@pytest.mark.parametrize("screen", ["desktop", "phone", "no-script"])
def test_redirect(screen, portal, weavz, mint, new_context, landing):
    minted = mint(successRedirectUri=f"{landing.url}/done", errorRedirectUri=f"{landing.url}/failed")
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    connect_as_ada(page, portal)

    expect(page.get_by_role("heading", name="Back in the app")).to_be_visible()
    path, query = landing.last_call()
    assert path == "/done"
    assert (query["status"], query["sessionId"]) == ("success", minted["sessionId"])
    assert query.keys() == {"status", "sessionId", "connectionId", "externalId", "integrationName"}
    assert weavz.connect.poll(minted["token"])["connectionId"] == query["connectionId"]
    expect_connected_as_ada(query["connectionId"], weavz)


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_link_without_return_address(screen, portal, weavz, mint, new_context):
    minted = mint()
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    connect_as_ada(page, portal)

    expect_success_page(page, portal)
    poll = weavz.connect.poll(minted["token"])
    assert poll["status"] == "COMPLETED"
    expect_connected_as_ada(poll["connectionId"], weavz)
    page.reload()
    expect_success_page(page, portal)


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_denial_then_retry(screen, portal, api, weavz, mint, new_context, landing):
    minted = mint(successRedirectUri=f"{landing.url}/done")
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Deny")

    page.wait_for_url(f"{portal.url}/**")
    expect(page.get_by_role("alert")).to_be_visible()
    assert weavz.connect.poll(minted["token"])["status"] == "CONNECTING"
    assert "authorization_denied" in event_types(api, minted["sessionId"])

    # The sandbox still knows who is signed in.
    start_sign_in(page)
    decide_at_sandbox(page, portal, "Allow")
    expect(page.get_by_role("heading", name="Back in the app")).to_be_visible()
    assert weavz.connect.poll(minted["token"])["status"] == "COMPLETED"
    assert event_types(api, minted["sessionId"])[-1] == "completed"
