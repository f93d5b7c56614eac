"""What a portal makes of it when a real provider says no."""

import pytest
from glewlwyd_pages import authorize
from glewlwyd_settings import SCOPES
from playwright.sync_api import expect
from registrations import Registration, by, code_flow, running_registered_portal
from steps import start_sign_in

# TLS would change nothing.
pytestmark = pytest.mark.parametrize("glewlwyd", ["http"], indirect=True)


@pytest.fixture(scope="module")
def portal(glewlwyd, tmp_path_factory):
    issuer = glewlwyd.issuer
    post = {"clientAuthentication": "client_secret_post"}
    ways = {
        "without-asking": Registration(code_flow(issuer, authorizationParameters={"prompt": "none"})),
        "without-pkce": Registration(code_flow(issuer, pkce="none")),
        "without-right": Registration(code_flow(issuer), client=by("client_secret_basic") | {"authorization_type": []}),
        "basic": Registration(code_flow(issuer), secret="another"),
        "post": Registration(code_flow(issuer, **post), client=by("client_secret_post"), secret="another"),
        # As RFC 6749 §2.3.1 wants it, and this provider does not.
        "encoded": Registration(code_flow(issuer, encodeBasicCredentials=True)),
    }
    with running_registered_portal(tmp_path_factory.mktemp, glewlwyd, ways) as portal:
        yield portal


@pytest.fixture
def expect_failure(portal):
    def expect_failure(page, minted: dict, event_type: str, **detail: str) -> None:
        expect(page.get_by_role("alert")).to_be_visible()
        session = portal.session(minted)
        assert (session["status"], session["connectionId"]) == ("CONNECTING", None), "another attempt may go well"
        event = session["events"][-1]
        assert (event["type"], event["detail"]) == (event_type, detail)

    return expect_failure


@pytest.mark.parametrize(
    ("way", "code", "error"),
    [
        ("without-asking", "provider_error", "interaction_required"),
        ("without-pkce", "provider_error", "invalid_request"),
        ("without-right", "invalid_client", "unauthorized_client"),
    ],
)
def test_sign_in(way, code, error, portal, expect_failure, new_page):
    minted, page = portal.mint(way), new_page()
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    expect_failure(page, minted, "authorization_failed", code=code, providerError=error)


@pytest.mark.parametrize("way", ["basic", "post", "encoded"])
def test_client_secret(way, glewlwyd, portal, person, expect_failure, new_page):
    minted, page = portal.mint(way), new_page()
    authorize(page, minted, person, *SCOPES)
    expect_failure(page, minted, "exchange_failed", code="invalid_client", providerError="unauthorized_client")
    assert glewlwyd.access_tokens_of(person) == []
