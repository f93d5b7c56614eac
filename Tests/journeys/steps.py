"""What a person does and what is expected to come of it, in the words of the pages."""

import re

from playwright.sync_api import Page, Response, expect


def start_sign_in(page: Page) -> None:
    """On the connect page: chooses signing in, where there is a choice, and goes to the provider."""
    choice = page.get_by_role("link", name="Sign in with Sandbox")
    proceed = page.locator("main button.primary")
    expect(choice.or_(proceed).first).to_be_visible()
    if choice.count():
        choice.click()
    proceed.click()


def sign_in_at_sandbox(page: Page, portal, name: str = "ada") -> None:
    page.wait_for_url(f"{portal.sandbox_url}/authorize**")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Sign in", exact=True).click()


def decide_at_sandbox(page: Page, portal, decision: str) -> None:
    """Presses `Allow` or `Deny`."""
    page.wait_for_url(f"{portal.sandbox_url}/authorize**")
    page.get_by_role("button", name=decision, exact=True).click()


def connect_as_ada(page: Page, portal) -> None:
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Allow")


def expect_success_page(page: Page, portal) -> None:
    page.wait_for_url(f"{portal.url}/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("connected", re.IGNORECASE))


def expect_dead_end(page: Page, address: str) -> Response:
    """A page for people, from which nothing can be authorized."""
    answer = page.goto(address)
    assert answer.headers["content-type"].startswith("text/html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    return answer


def expect_active(connection_id: str, weavz) -> dict:
    connection = weavz.connections.get(connection_id)["connection"]
    assert connection["status"] == "ACTIVE"
    assert connection["integrationName"] == "sandbox"
    return connection


def expect_connected_as_ada(connection_id: str, weavz) -> dict:
    connection = expect_active(connection_id, weavz)
    assert connection["account"] == {"id": "sandbox-user-1", "label": "ada@sandbox.example"}
    return connection


def event_types(api, session_id: str) -> list[str]:
    return [event["type"] for event in api.get(f"/api/v1/connect/session/{session_id}").json()["session"]["events"]]
