"""Where the browser opens no popup, as outside of a click, the page itself goes to the portal and comes back."""

import os
import shutil

import pytest
from embedding import dialog, events, expect_error, expect_result
from playwright.sync_api import expect
from steps import connect_as_ada


@pytest.fixture(scope="module")
def strict_browser(browser):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    # Playwright would allow every popup.
    strict = browser.browser_type.launch(
        executable_path=chromium, args=["--no-sandbox"], ignore_default_args=["--disable-popup-blocking"]
    )
    yield strict
    strict.close()


@pytest.fixture
def page(strict_browser):
    context = strict_browser.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def minted(app, mint):
    return mint(allowedOrigins=[app.url], successRedirectUri=f"{app.url}/done", errorRedirectUri=f"{app.url}/failed")


@pytest.mark.parametrize("source", ["value", "function"])
def test_redirect_instead(source, portal, app, minted, page):
    app.open(page, connectUrl=minted["connectUrl"], source=source, atOnce=True)
    page.wait_for_url(f"{portal.url}/connect**")
    connect_as_ada(page, portal)
    page.wait_for_url(f"{app.url}/done?status=success**")


def test_back_button_after_redirect(portal, app, minted, page):
    """Of other browsers: Chromium does not keep a page whose popup it blocked."""
    page.route(f"{portal.url}/connect?**", lambda route: route.fulfill(status=204))
    app.open(page, connectUrl=minted["connectUrl"], atOnce=True)
    expect(page.locator("#events")).to_have_text("redirecting ")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(dialog(page)).to_have_accessible_name("Did the window close?")
    with page.expect_popup() as opened:
        dialog(page).get_by_role("button", name="Open again").click()
    connect_as_ada(opened.value, portal)
    expect_result(page, minted)


def test_redirect_unwanted(app, minted, page):
    app.open(page, connectUrl=minted["connectUrl"], atOnce=True, redirect=False)
    expect_error(page, "POPUP_BLOCKED")
    assert events(page) == []
