"""An address to which people or messages go is refused by name, or is one that a browser reads as the portal does."""

import json
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest
from clients import client_of
from hostile import ADDRESSES, GOOD_ADDRESSES
from refusals import expect_refusal

ORIGIN = "text => { try { return new URL(text).origin; } catch { return null; } }"


@pytest.fixture(scope="module")
def origin_in_browser(browser):
    """How a browser reads the origin of an address; nothing where it does not take it."""
    page = browser.new_page()
    yield lambda text: page.evaluate(ORIGIN, text)
    page.close()


@pytest.fixture(scope="module")
def portal(start_sqlite_portal):
    """Addresses are read before anything is stored, so one engine is enough."""
    return start_sqlite_portal()


@pytest.fixture(scope="module")
def mint(portal):
    with client_of(portal) as client:
        body = {"integrationName": "sandbox", "connectionName": "Notes", "externalId": "notes"}
        body["workspaceId"] = portal.workspace_id
        yield lambda **fields: client.post("/connect/token", json=body | fields)


def cancel(minted: dict, portal, display: str) -> tuple[str, list[str]]:
    """Ends the session as a person would; where that leads, and to whom the result page tells it."""
    with httpx.Client(base_url=portal.url, headers={"Origin": portal.url}) as browser, httpx.HTTPTransport() as wire:
        browser.get(minted["connectUrl"])
        form = browser.build_request("POST", f"/connect/{minted['sessionId']}/cancel", data={"display": display})
        # A client would have its own idea of the address that comes back.
        answer = wire.handle_request(form)
        assert answer.status_code == 303
        page = browser.get(f"/connect/{minted['sessionId']}").text
    targets = page.partition('data-targets="')[2].partition('"')[0]
    return answer.headers["location"], json.loads(unescape(targets))


@pytest.mark.parametrize("address", dict.fromkeys(ADDRESSES + GOOD_ADDRESSES), ids=lambda address: ascii(address)[:60])
def test_address_to_return_to(address, portal, mint, origin_in_browser):
    answer = mint(successRedirectUri=address, errorRedirectUri=address)
    if answer.status_code != 200:
        assert address not in GOOD_ADDRESSES
        expect_refusal(answer, 400, "VALIDATION_ERROR", "successRedirectUri", "errorRedirectUri")
        return
    location, targets = cancel(answer.json(), portal, "page")
    origin = origin_in_browser(address)
    assert origin not in {None, "null"}, "a browser knows the way"
    assert origin_in_browser(location) == origin
    assert location.startswith(origin), "as a browser would write it, so that no other reader reads another"
    assert targets == [origin]
    assert urlsplit(location).fragment == ""


@pytest.mark.parametrize("address", dict.fromkeys(ADDRESSES + GOOD_ADDRESSES), ids=lambda address: ascii(address)[:60])
def test_origin_to_tell(address, portal, mint, origin_in_browser):
    answer = mint(allowedOrigins=["https://first.example", address])
    if answer.status_code != 200:
        assert address not in GOOD_ADDRESSES
        expect_refusal(answer, 400, "VALIDATION_ERROR", "allowedOrigins")
        return
    _, targets = cancel(answer.json(), portal, "popup")
    assert targets == ["https://first.example", origin_in_browser(address)]
