"""How a provider is asked: with values that nobody can guess, each once, and an address of our own to come back to."""

import re
from collections import Counter

import httpx
import pytest
from orchard import Orchard, orchard_settings
from walk import CALLBACK

STARTS = 300
# 32 random bytes, or as many of a digest (RFC 7636 §4.1, §4.2).
UNGUESSABLE = re.compile(r"[A-Za-z0-9_-]{43}")
PARAMETERS = ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"]
# What must be new each time; a nonce only where there will be an id_token (OpenID Connect Core §3.1.2.1).
FRESH = {"sandbox": ["state", "code_challenge"], "orchard": ["state", "code_challenge", "nonce"]}
FOREIGN_HOSTS = ["evil.example", "localhost", "localhost:1", "127.0.0.1", "localhost.evil.example", "[::1]"]
FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Prefix": "/evil",
    "X-Host": "evil.example",
    "X-Original-URL": "//evil.example/",
    "Forwarded": "for=1.2.3.4;host=evil.example;proto=https",
}


@pytest.fixture(scope="module")
def orchard(start_sqlite_portal, tmp_path_factory):
    return Orchard(start_sqlite_portal(**orchard_settings(tmp_path_factory.mktemp("definitions"))))


@pytest.mark.parametrize("integration", FRESH)
def test_every_start_is_unlike_every_other(integration, orchard):
    minted = orchard.mint(integration)
    with orchard.browser() as browser:
        browser.get(minted["connectUrl"])
        starts = [orchard.press(browser, minted) for _ in range(STARTS)]
    if integration == "orchard":
        starts = [list(push["parameters"].items()) for push in orchard.requests("par")]
    seen = {name: set() for name in FRESH[integration]}
    for asked in starts:
        expected = dict.fromkeys([*PARAMETERS, *seen], 1)
        assert Counter(name for name, _ in asked) == expected, "each once, and no other"
        values = dict(asked)
        assert (values["response_type"], values["code_challenge_method"]) == ("code", "S256")
        for name, known in seen.items():
            assert UNGUESSABLE.fullmatch(values[name]), name
            known.add(values[name])
    assert {name: len(known) for name, known in seen.items()} == dict.fromkeys(seen, STARTS)
    assert len(set.union(*seen.values())) == STARTS * len(seen), "nothing serves two purposes"


@pytest.mark.parametrize("name", FORWARDED)
def test_no_header_decides_about_our_address(name, orchard):
    header = {name: FORWARDED[name]}
    with orchard.browser() as browser:
        minted = orchard.mint()
        assert "evil.example" not in browser.get(minted["connectUrl"], headers=header).text
        asked = dict(orchard.press(browser, minted, **header))
        assert asked["redirect_uri"] == orchard.url + CALLBACK
        back = {"state": asked["state"], "error": "access_denied"}
        for answer in (
            browser.post(CALLBACK, data=back, headers=header),
            browser.get(CALLBACK, params=back, headers=header),
        ):
            assert answer.status_code == 303
            assert "evil" not in answer.headers["location"]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_pages_are_served_under_one_name(host, orchard):
    """Cookies, links and the redirect URI belong to the public URL, and the API names it whoever asks."""
    minted = orchard.mint()
    for path in ("/connect", f"/connect/{minted['sessionId']}", CALLBACK, "/connect/portal"):
        answer = httpx.get(orchard.url + path, params={"token": minted["token"]}, headers={"Host": host})
        assert (answer.status_code, "set-cookie" in answer.headers) == (421, False), path
        assert orchard.url in answer.text, "it says where to go"
    orchard.client.headers["Host"] = host
    try:
        assert orchard.mint()["connectUrl"].startswith(f"{orchard.url}/connect?token=")
    finally:
        del orchard.client.headers["Host"]


def test_the_redirect_uri_is_the_same_in_both_requests(orchard):
    orchard.connect()
    addresses = [orchard.requests(endpoint)[-1]["parameters"]["redirect_uri"] for endpoint in ("authorize", "token")]
    assert addresses == [orchard.url + CALLBACK] * 2
