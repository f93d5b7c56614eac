"""A person connects the sandbox provider by typing an API key, which is tried before it is saved."""

import pytest
from evidence import kept_by, occurrences
from playwright.sync_api import expect
from steps import expect_active, expect_success_page

GOOD_KEY = "sk_sandbox_ada_1815"
WRONG_KEY = "sk_sandbox_nobody_2001"
# These are the first tests: the link expires while others run.
pytestmark = pytest.mark.usefixtures("short_lived_link")


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
    assert occurrences({"key": {GOOD_KEY, WRONG_KEY}}, kept_by(portal)) == []
