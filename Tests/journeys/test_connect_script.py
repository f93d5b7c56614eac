"""An app on another origin opens the connect page with connect.js, and hears from the portal what became of it."""

import pytest
from embedding import dialog, events, expect_error, expect_result, press_connect
from playwright.sync_api import expect
from steps import (
    connect_as_ada,
    decide_at_sandbox,
    expect_connected_as_ada,
    sign_in_at_sandbox,
    start_sign_in,
)
from walk import switch

POLL, STREAM = "/api/v1/connect/session/poll", "/api/v1/connect/session/events"


@pytest.fixture
def mint_for_app(app, mint):
    return lambda **fields: mint(allowedOrigins=[app.url], **fields)


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture
def requests(page):
    """The addresses that the page asks for."""
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture
def isolating_provider(portal):
    """One whose pages cut the window from the page that opened it."""
    switch(portal.sandbox_url, quirks={"crossOriginOpenerPolicy": "same-origin"})
    yield
    switch(portal.sandbox_url, quirks={"crossOriginOpenerPolicy": ""})


@pytest.mark.parametrize("source", ["value", "function"])
def test_popup(source, portal, weavz, app, mint_for_app, page, requests):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"], source=source)
    popup = press_connect(page)
    expect(dialog(page)).to_have_accessible_name("Finish in the other window")
    connect_as_ada(popup, portal)

    result = expect_result(page, minted)
    assert result.keys() == {"status", "connectionId", "integrationName", "externalId", "sessionId"}
    expect_connected_as_ada(result["connectionId"], weavz)
    # The stream may pass over CONNECTING, so quick is the person here.
    told = [event for event in events(page) if event not in {"message", "CONNECTING"}]
    assert told == ["opened", "PENDING", "COMPLETED"]
    assert any(STREAM in address for address in requests)
    assert not any(POLL in address for address in requests), "the stream was enough"


def test_token_alone(portal, app, mint_for_app, page):
    minted = mint_for_app()
    app.open(page, token=minted["token"])
    connect_as_ada(press_connect(page), portal)
    expect_result(page, minted)


def test_without_stream(portal, app, mint_for_app, page):
    minted = mint_for_app()
    page.route(f"**{STREAM}?**", lambda route: route.abort())
    app.open(page, connectUrl=minted["connectUrl"])
    connect_as_ada(press_connect(page), portal)
    expect_result(page, minted)


def test_stream_that_says_nothing(portal, app, mint_for_app, page):
    minted = mint_for_app()
    page.route(f"**{STREAM}?**", lambda route: None)
    app.open(page, connectUrl=minted["connectUrl"])
    connect_as_ada(press_connect(page), portal)
    expect_result(page, minted)


def test_isolating_provider(portal, app, mint_for_app, page, isolating_provider):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    start_sign_in(popup)
    sign_in_at_sandbox(popup, portal)
    expect(dialog(page)).to_have_accessible_name("Did the window close?")
    decide_at_sandbox(popup, portal, "Allow")
    expect_result(page, minted)
    assert "window-closed" in events(page)


@pytest.mark.parametrize("policy", ["same-origin", "same-origin-allow-popups"])
def test_isolated_page(policy, portal, app, mint_for_app, page):
    app.headers["Cross-Origin-Opener-Policy"] = policy
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"])
    connect_as_ada(press_connect(page), portal)
    expect_result(page, minted)


@pytest.mark.parametrize("ui", [True, False])
def test_double_click(ui, portal, app, mint_for_app, page):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"], ui=ui)
    place = page.get_by_role("button", name="Connect").bounding_box()
    popup = press_connect(page)
    # Not by its name: with a dialog the click meets what lies above the button.
    page.mouse.click(place["x"] + 5, place["y"] + 5)
    expect(page.locator("#events")).to_contain_text("focused")
    assert page.context.pages == [page, popup]
    connect_as_ada(popup, portal)
    expect_result(page, minted)
    assert events(page).count("opened") == 1


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_cancel(way, app, mint_for_app, page):
    app.open(page, connectUrl=mint_for_app()["connectUrl"])
    popup = press_connect(page)
    expect(popup.get_by_role("heading", level=1)).to_be_visible()
    with popup.expect_event("close"):
        if way == "button":
            dialog(page).get_by_role("button", name="Cancel").click()
        else:
            dialog(page).press("Escape")
    expect_error(page, "CANCELLED")
    expect(page.get_by_role("button", name="Connect")).to_be_focused()


def test_show_window(app, mint_for_app, page):
    app.open(page, connectUrl=mint_for_app()["connectUrl"])
    press_connect(page)
    dialog(page).get_by_role("button", name="Show window").click()
    expect(page.locator("#events")).to_contain_text("focused")
    assert len(page.context.pages) == 2


def test_window_closed_too_early(portal, app, mint_for_app, page):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    start_sign_in(popup)
    # Closed in the middle of a navigation, a page can leave the browser's driver waiting for ever.
    expect(popup.get_by_label("User name")).to_be_visible()
    popup.close()
    expect(dialog(page)).to_have_accessible_name("Did the window close?")
    with page.expect_popup() as opened:
        dialog(page).get_by_role("button", name="Open again").click()
    expect(dialog(page)).to_have_accessible_name("Finish in the other window")
    connect_as_ada(opened.value, portal)
    expect_result(page, minted)


def test_denial_then_retry(portal, app, mint_for_app, page):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    start_sign_in(popup)
    sign_in_at_sandbox(popup, portal)
    decide_at_sandbox(popup, portal, "Deny")
    expect(popup.get_by_role("alert")).to_be_visible()
    expect(page.locator("#outcome")).to_be_empty()
    # The sandbox still knows who is signed in.
    start_sign_in(popup)
    decide_at_sandbox(popup, portal, "Allow")
    expect_result(page, minted)


@pytest.mark.parametrize("code", ["cancelled", "access_denied", "revoked"])
def test_failure(code, portal, api, app, mint_for_app, page):
    minted = mint_for_app()
    app.open(page, connectUrl=minted["connectUrl"])
    popup = press_connect(page)
    if code == "access_denied":
        start_sign_in(popup)
        sign_in_at_sandbox(popup, portal)
        decide_at_sandbox(popup, portal, "Deny")
    if code == "revoked":
        expect(page.locator("#events")).to_contain_text("PENDING")
        assert api.delete(f"/api/v1/connect/session/{minted['sessionId']}").is_success
    else:
        popup.get_by_role("button", name="Cancel").click()
    expect_error(page, code)


@pytest.mark.parametrize(
    "options, code",
    [
        ({}, "NO_CONNECT_URL"),
        ({"connectUrl": "javascript:alert(1)"}, "NO_CONNECT_URL"),
        ({"connectUrl": "https://connect.example.com/connect"}, "NO_CONNECT_URL"),
        ({"token": "cst_nonsense"}, "INVALID_TOKEN"),
    ],
)
def test_bad_options(options, code, app, page):
    app.open(page, **options)
    page.get_by_role("button", name="Connect").click()
    expect_error(page, code)


@pytest.mark.parametrize("language, direction", [("de-AT", "ltr"), ("ar", "rtl"), ("tlh", "ltr")])
def test_language(language, direction, app, mint_for_app, page):
    app.open(page, connectUrl=mint_for_app()["connectUrl"], locale=language)
    press_connect(page)
    names = {"de-AT": "Im anderen Fenster fortfahren", "ar": "يُرجى المتابعة في النافذة الأخرى"}
    expect(dialog(page)).to_have_accessible_name(names.get(language, "Finish in the other window"))
    expect(dialog(page)).to_have_css("direction", direction)
