"""What becomes of the tokens at a real provider that replaces a refresh token with every use."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from glewlwyd_pages import authorize, disconnect_at_glewlwyd
from glewlwyd_settings import SCOPES
from playwright.sync_api import expect
from portal import wait_for
from refusals import expect_refusal
from registrations import Registration, code_flow, running_registered_portal
from steps import expect_success_page

# What nobody confirmed is looked for every ten seconds.
REVOCATION_SECONDS = 40
# TLS would change nothing.
pytestmark = pytest.mark.parametrize("glewlwyd", ["http"], indirect=True)


@pytest.fixture(scope="module")
def portal(glewlwyd, tmp_path_factory):
    ways = {"files": Registration(code_flow(glewlwyd.issuer))}
    with running_registered_portal(tmp_path_factory.mktemp, glewlwyd, ways) as portal:
        yield portal


@pytest.fixture
def connect(portal, new_page):
    """Connects somebody's account; further keywords are fields of the session."""

    def connect(person, *, allowing=SCOPES, **fields) -> dict:
        minted, page = portal.mint("files", **fields), new_page()
        authorize(page, minted, person, *allowing)
        expect_success_page(page, portal)
        return portal.connection(minted)

    return connect


@pytest.fixture
def expect_end_of_tokens(glewlwyd):
    def expect_end_of_tokens(person) -> None:
        def alive() -> list[bool]:
            return glewlwyd.access_tokens_of(person) + glewlwyd.refresh_tokens_of(person)

        assert len(alive()) > 1, "there were tokens of both kinds"
        wait_for(lambda: not any(alive()), REVOCATION_SECONDS, lambda: f"alive at the provider: {alive()}")

    return expect_end_of_tokens


def test_refresh(glewlwyd, portal, person, connect):
    connection = connect(person)
    seen = {portal.access_token(connection)}
    for _ in range(2):
        answer = portal.refresh(connection)
        assert answer.status_code == 200, answer.text
        refreshed = answer.json()["connection"]
        assert (refreshed["id"], refreshed["status"]) == (connection["id"], "ACTIVE")
        assert refreshed["lastRefreshedAt"] > (connection["lastRefreshedAt"] or "")
        assert refreshed["grantedScopes"] == SCOPES
        connection = refreshed
        seen.add(portal.access_token(connection))
    assert len(seen) == 3, "a new access token each time"
    assert portal.userinfo(connection).json()["email"] == person.email
    assert glewlwyd.refresh_tokens_of(person) == [False, False, True]


def test_refresh_of_ended_grant(glewlwyd, portal, person, connect, expect_end_of_tokens, new_page):
    """Somebody takes the access back at the provider, and later connects again."""
    connection = connect(person, externalId="taken-back")
    disconnect_at_glewlwyd(new_page(), glewlwyd, person)
    expect_end_of_tokens(person)
    # It answers 400 and nothing else, which does not say that it is for good.
    expect_refusal(portal.refresh(connection), 503, "PROVIDER_UNAVAILABLE")
    again = connect(person, allowing=[], externalId="taken-back")
    assert (again["id"], again["status"], again["statusReason"]) == (connection["id"], "ACTIVE", None)
    assert portal.refresh(again).status_code == 200


def test_refresh_at_the_same_moment(glewlwyd, portal, person, connect):
    """A refresh token that came twice would end the whole grant."""
    connection = connect(person)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(portal.refresh, [connection] * 8))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert glewlwyd.refresh_tokens_of(person).count(True) == 1
    assert portal.refresh(connection).status_code == 200


def test_session_revoked_before_confirmation(portal, person, expect_end_of_tokens, new_page):
    minted, page = portal.mint("files", confirm="app", allowedOrigins=["https://app.example"]), new_page()
    authorize(page, minted, person, *SCOPES)
    expect(page.get_by_role("heading", level=1)).to_have_text("Almost done")
    portal.revoke_session(minted)
    expect_end_of_tokens(person)


def test_other_account_declined(glewlwyd, portal, connect, expect_end_of_tokens, new_page):
    ada, grace = glewlwyd.new_person(), glewlwyd.new_person()
    connection = connect(ada, externalId="shared")
    page = new_page()
    authorize(page, portal.mint("files", externalId="shared"), grace, *SCOPES)
    expect(page.get_by_role("heading", level=1)).to_have_text("You signed in with another account")
    page.get_by_role("button", name="Cancel").click()
    expect_end_of_tokens(grace)
    assert portal.userinfo(connection).json()["email"] == ada.email
    assert (glewlwyd.access_tokens_of(ada), glewlwyd.refresh_tokens_of(ada)) == ([True], [True])


def test_connection_deleted(portal, person, connect, expect_end_of_tokens):
    portal.delete(connect(person))
    expect_end_of_tokens(person)
