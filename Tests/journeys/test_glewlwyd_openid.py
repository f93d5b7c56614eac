"""OpenID Connect at a real provider: endpoints by discovery, the account by the id_token, and clients with a key."""

import pytest
from certificates import new_key, public_jwk
from glewlwyd_pages import authorize
from glewlwyd_settings import SCOPES
from playwright.sync_api import expect
from registrations import Registration, code_flow, running_registered_portal
from steps import expect_success_page

OPENID_SCOPES = ["openid", *SCOPES]
BY_TOKEN = {"fromIdToken": {"id": "sub", "label": "email"}}
BY_KEY = {"clientAuthentication": "private_key_jwt", "assertionAudience": "endpoint"}
# As every issuer outside of tests.
pytestmark = pytest.mark.parametrize("glewlwyd", ["https"], indirect=True)


@pytest.fixture(scope="module")
def portal(glewlwyd, tmp_path_factory):
    key, public_key = new_key("EC")
    # The client may register its key as it is, or in a set, where the name counts.
    client = {"token_endpoint_auth_method": ["private_key_jwt"]}
    by_bare_key = {"secret": key, "client": client | {"pubkey": public_key}}
    by_key_set = {"secret": key, "client": client | {"jwks": {"keys": [public_jwk(public_key)]}}}
    pushing = glewlwyd.new_issuer(**{"oauth-par-required": True})
    # In a form the provider escapes its own name once too often, so there it must not give it.
    anonymous = glewlwyd.new_issuer(**{"oauth-as-iss-id": False})
    stranger = glewlwyd.new_issuer()
    ways = {
        "secret": Registration(discovered(glewlwyd.issuer), BY_TOKEN),
        "userinfo": Registration(discovered(glewlwyd.issuer), {"fromUserinfo": BY_TOKEN["fromIdToken"]}),
        "form": Registration(discovered(anonymous, responseMode="form_post"), BY_TOKEN),
        "key": Registration(discovered(glewlwyd.issuer, **BY_KEY), BY_TOKEN, **by_bare_key),
        "key-set": Registration(discovered(glewlwyd.issuer, **BY_KEY), BY_TOKEN, **by_key_set),
        "pushed": Registration(discovered(pushing), BY_TOKEN),
        "keys-of-another": Registration(
            code_flow(glewlwyd.issuer, scopes=OPENID_SCOPES, jwksUrl=f"{stranger}/jwks"), BY_TOKEN
        ),
    }
    with running_registered_portal(tmp_path_factory.mktemp, glewlwyd, ways) as portal:
        yield portal


def discovered(issuer: str, **fields) -> dict:
    oauth2 = {"issuer": issuer, "discovery": True, "scopes": OPENID_SCOPES, "encodeBasicCredentials": False}
    return oauth2 | {"grantsPartially": True} | fields


@pytest.mark.parametrize("way", ["secret", "userinfo", "form", "key", "key-set", "pushed"])
def test_connection(way, portal, person, new_page):
    minted, page = portal.mint(way), new_page()
    authorize(page, minted, person, *SCOPES)
    expect_success_page(page, portal)
    connection = portal.connection(minted)
    assert (connection["status"], connection["grantedScopes"]) == ("ACTIVE", OPENID_SCOPES)
    assert connection["account"] == {"id": portal.userinfo(connection).json()["sub"], "label": person.email}


def test_left_out_permission(portal, person, new_page):
    minted, page = portal.mint("pushed"), new_page()
    authorize(page, minted, person, "files:read")
    expect_success_page(page, portal)
    expect(page.locator(".scopes code")).to_have_text(["files:write"])


@pytest.mark.parametrize("way", ["secret", "key"])
def test_refresh(way, glewlwyd, portal, person, new_page):
    minted, page = portal.mint(way), new_page()
    authorize(page, minted, person, *SCOPES)
    expect_success_page(page, portal)
    for _ in range(2):
        answer = portal.refresh(portal.connection(minted))
        assert answer.status_code == 200, answer.text
    assert glewlwyd.refresh_tokens_of(person) == [False, False, True]
    assert portal.userinfo(portal.connection(minted)).json()["email"] == person.email


def test_token_signed_by_another(glewlwyd, portal, person, new_page):
    """Who signed in cannot be proven, so nothing is connected, and the tokens are given back."""
    minted, page = portal.mint("keys-of-another"), new_page()
    authorize(page, minted, person, *SCOPES)
    expect(page.get_by_role("alert")).to_be_visible()
    event = portal.session(minted)["events"][-1]
    assert (event["type"], event["detail"]["code"]) == ("exchange_failed", "identity_not_proven"), event
    assert (glewlwyd.access_tokens_of(person), glewlwyd.refresh_tokens_of(person)) == ([False], [False])
