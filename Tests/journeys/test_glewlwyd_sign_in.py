"""Connecting at a real provider, in each of the ways in which a portal may be its client."""

import pytest
from glewlwyd_pages import allow_at_glewlwyd, authorize, change_grant_at_glewlwyd, sign_in_at_glewlwyd
from glewlwyd_settings import SCOPES
from playwright.sync_api import expect
from registrations import Registration, by, code_flow, running_registered_portal
from steps import expect_success_page, start_sign_in


@pytest.fixture(scope="module")
def portal(glewlwyd, tmp_path_factory):
    # In a form the provider escapes its own name once too often, so there it must not give it.
    anonymous = glewlwyd.new_issuer(**{"oauth-as-iss-id": False})
    ways = {
        "basic": Registration(code_flow(glewlwyd.issuer)),
        "post": Registration(
            code_flow(glewlwyd.issuer, clientAuthentication="client_secret_post"),
            client=by("client_secret_post"),
        ),
        "form": Registration(code_flow(anonymous, responseMode="form_post", requiresIssuer=False)),
    }
    with running_registered_portal(tmp_path_factory.mktemp, glewlwyd, ways) as portal:
        yield portal


@pytest.mark.parametrize("way", ["basic", "post", "form"])
def test_connection(way, portal, person, new_page):
    minted, page = portal.mint(way), new_page()
    authorize(page, minted, person, *SCOPES)
    expect_success_page(page, portal)
    connection = portal.connection(minted)
    assert (connection["status"], connection["grantedScopes"]) == ("ACTIVE", SCOPES)
    assert connection["account"] == {"id": portal.userinfo(connection).json()["sub"], "label": person.email}


def test_left_out_permission(portal, person, new_page):
    minted, page = portal.mint("basic"), new_page("phone")
    authorize(page, minted, person, "files:read")
    expect_success_page(page, portal)
    expect(page.locator(".scopes code")).to_have_text(["files:write"])
    connection = portal.connection(minted)
    assert connection["grantedScopes"] == ["files:read"]
    assert portal.session(minted)["events"][-1]["detail"]["missingScopes"] == ["files:write"]

    page.get_by_role("button", name="Ask me again").click()
    start_sign_in(page)
    change_grant_at_glewlwyd(page)
    allow_at_glewlwyd(page, "files:write")
    expect_success_page(page, portal)
    expect(page.locator(".scopes")).to_have_count(0)
    again = portal.connection(minted)
    assert (again["id"], again["grantedScopes"]) == (connection["id"], SCOPES)


def test_change_of_mind(portal, glewlwyd, person, new_page):
    """This provider's page has no button to deny: who does not want to goes back."""
    minted, page = portal.mint("basic"), new_page()
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    sign_in_at_glewlwyd(page, person)
    expect(page.get_by_role("button", name="Grant access")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was connected")
    assert portal.session(minted)["status"] == "FAILED"
    assert glewlwyd.access_tokens_of(person) == []
