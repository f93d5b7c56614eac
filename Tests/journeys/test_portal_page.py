"""A person sees their connections, makes one, renews it and removes it, from one link."""

import pytest
from playwright.sync_api import expect
from steps import connect_as_ada, decide_at_sandbox, start_sign_in


@pytest.mark.parametrize("screen", ["phone", "no-script"])
def test_portal_page(screen, portal, weavz, workspace, new_context):
    weavz.workspaces.add_integration(workspace["id"], integration_name="sandbox", auth_method_key="oauth2")
    user = weavz.end_users.create(workspace_id=workspace["id"], external_id="grace")["endUser"]
    link = weavz.end_users.create_connect_token(user["id"])
    page = new_context(screen).new_page()
    page.goto(link["connectUrl"])
    expect(page.get_by_role("heading", name="Your connections")).to_be_visible()
    if screen == "phone":
        assert page.url == f"{portal.url}/connect/portal", "the token has left the address bar"

    page.get_by_role("button", name="Connect Sandbox").click()
    connect_as_ada(page, portal)
    expect(page.get_by_role("heading", name="Your connections")).to_be_visible()
    expect(page.get_by_text("ada@sandbox.example")).to_be_visible()
    found = weavz.connections.resolve(integration_name="sandbox", workspace_id=workspace["id"], end_user_id="grace")

    page.get_by_role("button", name="Reconnect ada@sandbox.example").click()
    start_sign_in(page)
    decide_at_sandbox(page, portal, "Allow")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    again = weavz.connections.resolve(integration_name="sandbox", workspace_id=workspace["id"], end_user_id="grace")
    assert again["connection"]["id"] == found["connection"]["id"]

    page.get_by_text("Rename", exact=True).click()
    page.get_by_label("New name").fill("Work <b>notes</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Work <b>notes</b>", exact=True)).to_be_visible()

    page.get_by_text("Disconnect", exact=True).click()
    page.get_by_role("button", name="Yes, disconnect").click()
    expect(page.get_by_text("Disconnected")).to_be_visible()
    assert weavz.end_users.get(user["id"])["connections"] == []


def test_search(weavz, workspace, new_context):
    names = ["sandbox", "openai", "stripe", "sendgrid", "smtp", "freshsales", "github", "slack"]
    for name in names:
        method = {"sandbox": {"auth_method_key": "oauth2"}}.get(name, {})
        weavz.workspaces.add_integration(workspace["id"], integration_name=name, **method)
    user = weavz.end_users.create(workspace_id=workspace["id"], external_id="grace")["endUser"]
    page = new_context("no-script").new_page()
    page.goto(weavz.end_users.create_connect_token(user["id"])["connectUrl"])
    expect(page.locator(".entry")).to_have_count(len(names))
    page.get_by_label("Search").fill("  STRI")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator(".entry")).to_contain_text("Stripe")
    page.get_by_label("Search").fill('"><script>')
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing is called that.")).to_be_visible()
    expect(page.get_by_label("Search")).to_have_value('"><script>')
