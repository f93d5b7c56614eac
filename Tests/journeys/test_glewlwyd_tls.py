"""A portal gives codes and client secrets only to a provider whose certificate proves it."""

import pytest
from glewlwyd_pages import authorize
from glewlwyd_settings import SCOPES
from playwright.sync_api import expect
from registrations import Registration, account_at, code_flow, running_registered_portal
from steps import expect_success_page, start_sign_in

BAD = ["expired", "wrong-name", "unknown-authority"]
pytestmark = pytest.mark.parametrize("glewlwyd", ["https"], indirect=True)


@pytest.fixture(scope="module")
def portal(glewlwyd, tmp_path_factory):
    ways = {"good": Registration(code_flow(glewlwyd.issuer))}
    for name in BAD:
        path = glewlwyd.issuer.removeprefix(glewlwyd.url)
        elsewhere = f"{glewlwyd.front.url(name)}{path}"
        # Not by the issuer's name, which stands for the endpoints that the good one has.
        nameless = code_flow(glewlwyd.issuer, tokenUrl=f"{elsewhere}/token")
        del nameless["issuer"], nameless["requiresIssuer"]
        ways[name] = Registration(nameless, account=account_at(glewlwyd.issuer))
        ways[f"{name}-issuer"] = Registration({"discovery": True, "issuer": elsewhere, "scopes": SCOPES})
    with running_registered_portal(tmp_path_factory.mktemp, glewlwyd, ways) as portal:
        yield portal


def test_good_certificate(portal, person, new_page):
    minted, page = portal.mint("good"), new_page()
    authorize(page, minted, person, *SCOPES)
    expect_success_page(page, portal)


@pytest.mark.parametrize("certificate", BAD)
def test_token_endpoint(certificate, glewlwyd, portal, person, new_page):
    minted, page = portal.mint(certificate), new_page()
    authorize(page, minted, person, *SCOPES)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    event = portal.session(minted)["events"][-1]
    assert event["type"] == "exchange_failed"
    assert event["detail"] == {"code": "provider_unreachable", "transport": "tlsFailed"}
    assert glewlwyd.access_tokens_of(person) == []
    assert glewlwyd.front.requests(certificate) == ""


@pytest.mark.parametrize("certificate", BAD)
def test_discovery(certificate, glewlwyd, portal, new_page):
    minted, page = portal.mint(f"{certificate}-issuer"), new_page()
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    event = portal.session(minted)["events"][-1]
    assert event["type"] == "authorization_failed"
    assert event["detail"] == {"code": "provider_unreachable", "transport": "tlsFailed"}
    assert glewlwyd.front.requests(certificate) == ""


def test_doctor(glewlwyd, portal):
    report = portal.doctor("good")
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("✓", "endpoints", glewlwyd.url, "TLS is good")
    report.expect("✓", "client secret", "accepts client id and client secret")

    report = portal.doctor("good", PORTAL_CA_FILE=str(glewlwyd.front.stranger))
    report.expect("✗", "endpoints", f"{glewlwyd.url} (sign-in, tokens, revocation): the TLS handshake failed")


@pytest.mark.parametrize("certificate", BAD)
def test_doctor_and_bad_certificate(certificate, glewlwyd, portal):
    report = portal.doctor(certificate)
    assert (report.exit_code, report.bad) == (1, {"endpoints", "client secret"}), report.text
    report.expect("✗", "endpoints", f"{glewlwyd.front.url(certificate)} (tokens): the TLS handshake failed")
    assert glewlwyd.front.requests(certificate) == ""
