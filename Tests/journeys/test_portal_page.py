"""A person sees their connections, makes one, renews it and removes it, from one link."""

import re

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
    expect(page.locator(".notice.good")).to_contain_text("Connected")
    again = weavz.connections.resolve(integration_name="sandbox", workspace_id=workspace["id"], end_user_id="grace")
    assert again["connection"]["id"] == found["connection"]["id"]

    page.get_by_text("Rename", exact=True).click()
    page.get_by_label("New name").fill("Work <b>notes</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Work <b>notes</b>", exact=True)).to_be_visible()

    page.get_by_text("Disconnect", exact=True).click()
    page.get_by_role("button", name="Yes, disconnect").click()
    expect(page.locator(".notice.good")).to_contain_text("Disconnected")
    assert weavz.end_users.get(user["id"])["connections"] == []


# What is typed, and what is found first and at all; with the script and without it the same.
SEARCHES = [
    ("mail", ["Mailbox", "Mailchimp", "MailerLite"]),
    ("  STRI", ["Stripe"]),
    ("hug", ["Hugging Face"]),
    ("sendgrid", ["SendGrid"]),
    ("send grid", ["SendGrid"]),
    ("Sénd", ["SendGrid"]),
    ("notes", ["OpenAI", "Sandbox"]),
    ("payments invoices", ["Chargebee"]),
    ("human resources", ["Ashby"]),
    ("zzz", []),
    ('"><script>', []),
    ("***", []),
]


@pytest.fixture(scope="module")
def catalog(stage):
    """A link to the page of a user whose workspace offers all that needs no OAuth app."""
    return stage.catalog_link


def found(page) -> list[str]:
    return page.locator(":is(.entry, .app):visible .strong bdi").all_inner_texts()


@pytest.mark.parametrize(("text", "first"), SEARCHES)
def test_search(text, first, catalog, new_context, stage):
    page = new_context("no-script").new_page()
    page.goto(catalog)
    everything = found(page)
    page.get_by_label("Search").fill(text)
    page.get_by_role("button", name="Search").click()
    without_script = found(page)
    assert without_script[: len(first)] == first
    assert bool(without_script) == bool(first)
    assert len(without_script) < len(everything)
    expect(page.get_by_label("Search")).to_have_value(text)
    count = f"Found: {len(without_script)}" if first else "Nothing is called that."
    expect(page.locator(".found")).to_contain_text(count)

    page = new_context("desktop").new_page()
    page.goto(catalog)
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.get_by_label("Search").press_sequentially(text)
    assert found(page) == without_script
    expect(page.locator("[data-live]")).to_have_text(count)
    page.get_by_label("Search").press("Enter")
    assert found(page) == without_script
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_label("Search")).to_be_focused()
    assert found(page) == everything
    expect(page.locator(".found")).to_be_hidden()
    # Chromium draws the icon again for a new address.
    assert {request.url for request in requests} <= {f"{stage.portal.url}/favicon.svg"}, "everything is there already"


@pytest.mark.parametrize("screen", ["phone", "no-script"])
def test_category(screen, catalog, new_context):
    page = new_context(screen).new_page()
    page.goto(catalog)
    link = page.get_by_role("navigation", name="Categories").get_by_role("link", name="Payments")
    count = int(link.locator(".count").inner_text())
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    shown = page.locator(".app:visible")
    expect(shown).to_have_count(count)
    expect(shown.first).to_contain_text("Adyen")
    # Within it, and after a reload.
    page.get_by_label("Search").fill("stripe")
    page.get_by_label("Search").press("Enter")
    expect(shown).to_have_count(1)
    page.wait_for_url(re.compile("q=stripe"))
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("stripe")
    expect(shown).to_have_count(1)
    shown.get_by_role("button", name="Connect Stripe").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Connect Stripe")
    page.go_back()
    expect(shown).to_have_count(1)


def test_nothing_without_an_oauth_app(weavz, workspace, new_context):
    for name in ("slack", "stripe"):
        weavz.workspaces.add_integration(workspace["id"], integration_name=name)
    user = weavz.end_users.create(workspace_id=workspace["id"], external_id="grace")["endUser"]
    page = new_context("phone").new_page()
    page.goto(weavz.end_users.create_connect_token(user["id"])["connectUrl"])
    assert found(page) == ["Stripe"]


def test_search_from_right_to_left(catalog, new_context):
    """Whatever is typed begins beside the icon, and the browser's button to clear it is at the other end."""
    page = new_context("phone", locale="ar").new_page()
    page.goto(catalog)
    search = page.get_by_role("searchbox")
    for text in ("", "mail", "بحث"):
        search.fill(text)
        expect(search).to_have_css("direction", "rtl")
        expect(search).to_have_css("text-align", "right")
