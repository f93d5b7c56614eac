"""A link that cannot be used any more, or never could, leads to a page for people and not to JSON."""

import re

import httpx
import pytest
from playwright.sync_api import expect
from portal import SHORTEST_LIFETIME, wait_for
from steps import expect_dead_end, start_sign_in


@pytest.mark.parametrize("fault", ["garbage", "forged signature", "no token"])
def test_link_that_never_worked(fault, portal, mint, new_context):
    signed, _, signature = mint()["token"].rpartition(".")
    query = {
        "garbage": "?token=cst_nonsense",
        "forged signature": f"?token={signed}.{signature[::-1]}",
        "no token": "",
    }[fault]
    page = new_context().new_page()
    assert 400 <= expect_dead_end(page, f"{portal.url}/connect{query}").status < 500


def test_expired_link(short_lived_link, new_context):
    wait_for(lambda: "expired" in httpx.get(short_lived_link).text, SHORTEST_LIFETIME + 5, lambda: "never expired")
    page = new_context().new_page()
    assert expect_dead_end(page, short_lived_link).status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has expired")
    # The app can make a fresh one.
    back = page.get_by_role("link", name="Back to Acme Notes")
    expect(back).to_have_attribute("href", re.compile(r"^https://app\.example/settings\?tab=2&.*error=session_expired"))


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_cancelled_link(screen, weavz, mint, new_context):
    minted = mint()
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("main form")).to_have_count(0)
    assert weavz.connect.poll(minted["token"])["status"] == "FAILED"
    expect_dead_end(page, minted["connectUrl"])


def test_link_in_a_second_browser(portal, mint, new_context):
    minted = mint()
    first = new_context().new_page()
    first.goto(minted["connectUrl"])
    start_sign_in(first)
    first.wait_for_url(f"{portal.sandbox_url}/**")
    expect_dead_end(new_context().new_page(), minted["connectUrl"])
