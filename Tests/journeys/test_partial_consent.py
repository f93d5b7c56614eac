"""A person allows only part of what the app asks for, is told what is missing, and may change their mind."""

import pytest
from playwright.sync_api import expect
from steps import decide_at_sandbox, expect_success_page, sign_in_at_sandbox, start_sign_in


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_left_out_permission(screen, portal, api, mint, new_context):
    minted = mint()
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    page.locator("input[name=scope][value='notes.read']").uncheck()
    decide_at_sandbox(page, portal, "Allow")
    expect_success_page(page, portal)
    expect(page.locator(".scopes code")).to_have_text(["notes.read"])
    first = api.post("/api/v1/connect/session/poll", json={"token": minted["token"]}).json()
    assert first["status"] == "COMPLETED"
    session = api.get(f"/api/v1/connect/session/{minted['sessionId']}").json()["session"]
    assert session["events"][-1]["detail"]["missingScopes"] == ["notes.read"]

    page.get_by_role("button", name="Ask me again").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reconnect")
    start_sign_in(page)
    page.wait_for_url(f"{portal.sandbox_url}/authorize**")
    if page.get_by_label("User name").count():
        sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Allow")
    expect_success_page(page, portal)
    expect(page.locator(".scopes")).to_have_count(0)
    connection = api.get("/api/v1/connections", params={"id": first["connectionId"]}).json()["connection"]
    assert "notes.read" in connection["grantedScopes"]
