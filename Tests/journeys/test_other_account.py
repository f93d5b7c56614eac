"""Who reconnects with another account than before decides what becomes of both."""

import httpx
import pytest
from playwright.sync_api import Page, expect
from steps import decide_at_sandbox, expect_success_page, sign_in_at_sandbox, start_sign_in
from walk import callback_address, consenting_provider

ADA, GRACE = "ada@sandbox.example", "grace@sandbox.example"


@pytest.fixture
def accounts(api):
    """The labels of a user's accounts, by connection."""

    def accounts(user: str) -> dict[str, str]:
        found = api.get("/api/v1/connections", params={"endUserId": user, "limit": "100"}).json()["connections"]
        return {one["id"]: one["account"]["label"] for one in found if one["endUserId"] == user}

    return accounts


@pytest.fixture
def reconnect_as_grace(portal, mint, new_context):
    """Ada's account is connected, then somebody comes back as Grace; returns the page with the question."""

    def reconnect(user: str, screen: str = "desktop") -> Page:
        whose = {"externalId": f"{user}-notes", "endUserId": user}
        with consenting_provider(portal.sandbox_url), httpx.Client() as browser:
            browser.get(callback_address(browser, mint(**whose)))

        page = new_context(screen).new_page()
        page.goto(mint(**whose)["connectUrl"])
        start_sign_in(page)
        sign_in_at_sandbox(page, portal, "grace")
        decide_at_sandbox(page, portal, "Allow")
        expect(page.get_by_role("heading", level=1)).to_have_text("You signed in with another account")
        return page

    return reconnect


@pytest.mark.parametrize(
    ("screen", "decision", "left"),
    [
        ("no-script", f"Use {GRACE} from now on", [GRACE]),
        ("phone", "Keep both", [ADA, GRACE]),
    ],
    ids=["replace", "keep-both"],
)
def test_decision(screen, decision, left, portal, accounts, reconnect_as_grace):
    user = f"deciding-{len(left)}"
    page = reconnect_as_grace(user, screen)
    before = accounts(user)
    assert list(before.values()) == [ADA], "nothing changes before the decision"
    page.reload()
    page.get_by_role("button", name=decision).click()
    expect_success_page(page, portal)
    after = accounts(user)
    assert sorted(after.values()) == left
    assert before.keys() <= after.keys()
    # The decision is taken; a second look shows what came of it.
    page.go_back()
    page.reload()
    expect_success_page(page, portal)
    assert accounts(user) == after


def test_switch(portal, accounts, reconnect_as_grace):
    page = reconnect_as_grace("switching")
    page.get_by_role("button", name="Sign in with another account").click()
    # The provider was asked to let the person choose: who is signed in there does not matter.
    sign_in_at_sandbox(page, portal, "ada")
    decide_at_sandbox(page, portal, "Allow")
    expect_success_page(page, portal)
    assert list(accounts("switching").values()) == [ADA]


def test_cancel(portal, api, accounts, reconnect_as_grace):
    page = reconnect_as_grace("cancelling")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was connected")
    assert list(accounts("cancelling").values()) == [ADA]
    # What was found is ended at the provider as well.
    session = page.url.rsplit("/", 1)[1]
    events = api.get(f"/api/v1/connect/session/{session}").json()["session"]["events"]
    assert [event["type"] for event in events][-2:] == ["account_differs", "cancelled"]
    assert events[-2]["detail"] == {"expected": ADA, "found": GRACE}
