"""A provider that answers by a form of its own, sent by the browser from the provider's site."""

import httpx
import pytest
from playwright.sync_api import expect
from steps import (
    connect_as_ada,
    decide_at_sandbox,
    expect_connected_as_ada,
    expect_success_page,
    sign_in_at_sandbox,
    start_sign_in,
)
from walk import switch

CALLBACK = "/api/v1/connect/oauth-callback"


@pytest.fixture(autouse=True)
def form_posting_provider(portal):
    switch(portal.sandbox_url, quirks={"responseMode": "formPost"})
    yield
    switch(portal.sandbox_url, quirks={"responseMode": "asRequested"})


def test_connection(portal, api, weavz, mint, new_context):
    minted = mint()
    page = new_context().new_page()
    page.goto(minted["connectUrl"])
    connect_as_ada(page, portal)
    expect_success_page(page, portal)
    assert CALLBACK not in page.url, "the code leaves the address bar"
    session = api.get(f"/api/v1/connect/session/{minted['sessionId']}").json()["session"]
    expect_connected_as_ada(session["connectionId"], weavz)


def test_denial(portal, mint, new_context):
    page = new_context().new_page()
    page.goto(mint()["connectUrl"])
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Deny")
    expect(page.get_by_role("alert")).to_contain_text("Access was not allowed")


@pytest.mark.parametrize("body", ["state=x&state=y", "", "code=%zz", "state=" + "a" * 9000])
def test_form_that_is_none(body, portal):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{portal.url}{CALLBACK}", content=body, headers=headers, follow_redirects=True)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"].startswith("text/html")
