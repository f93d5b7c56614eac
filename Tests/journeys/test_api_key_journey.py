"""A person connects the sandbox provider by typing an API key, which is tried before it is saved."""

import pytest
from playwright.sync_api import expect
from steps import expect_active, expect_success_page

GOOD_KEY = "sk_sandbox_ada_1815"
WRONG_KEY = "sk_sandbox_nobody_2001"


@pytest.mark.parametrize("screen", ["desktop", "phone", "no-script"])
def test_wrong_key_then_right_key(screen, portal, weavz, mint, new_context):
    minted = mint(authMethodKey="api_key")
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    page.get_by_label("API key", exact=True).fill(WRONG_KEY)
    page.locator("main button.primary").click()

    page.wait_for_load_state()
    expect(page.locator("[role=alert], .field .error").filter(has_text="Sandbox").first).to_be_visible()
    assert WRONG_KEY not in page.content(), "a secret is never sent back"
    assert weavz.connect.poll(minted["token"])["connectionId"] is None

    page.get_by_label("API key", exact=True).fill(GOOD_KEY)
    page.locator("main button.primary").click()
    expect_success_page(page, portal)
    connection = expect_active(weavz.connect.poll(minted["token"])["connectionId"], weavz)
    assert (connection["type"], connection["authMethodKey"]) == ("SECRET_TEXT", "api_key")
    for place in portal.directory.iterdir():
        if place.is_file():
            assert not {key for key in (GOOD_KEY, WRONG_KEY) if key.encode() in place.read_bytes()}, place.name
