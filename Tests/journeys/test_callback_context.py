"""A code is exchanged in the browser, at the address and for the sign-in that it was asked for, and nowhere else."""

from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import pytest
from orchard import Orchard, callback_of, orchard_settings
from walk import CALLBACK, callback_address, consenting_provider

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def orchard(start_sqlite_portal, tmp_path_factory):
    return Orchard(start_sqlite_portal(**orchard_settings(tmp_path_factory.mktemp("definitions"))))


@pytest.fixture(scope="module")
def apps(orchard):
    """Two apps that name their endpoints themselves, by what their addresses are called here; and the operator's."""
    sandbox = orchard.sandbox_url
    endpoints = {"authUrl": f"{sandbox}/authorize", "tokenUrl": f"{sandbox}/token"}
    return {None: None} | {name: orchard.add_app(**endpoints) for name in ("first", "second")}


@pytest.fixture
def begin(orchard, apps):
    """A person who was sent to the provider with one of the apps."""

    def begin(browser: httpx.Client, app: str | None) -> tuple[dict, str]:
        return orchard.begin(browser, **choosing(apps[app]))

    return begin


def choosing(app: dict | None) -> dict:
    return {"oauthAppMode": "custom", "oauthAppId": app["id"]} if app else {}


@dataclass
class Stray:
    """A callback that is not as it should be."""

    # The app that the person was sent away with, and the one to whose address they come back.
    app: str | None = None
    comes_back_to: str | None = None
    method: str = "GET"
    statuses: tuple[int, ...] = (303,)
    parameters: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    brings_cookie: bool = True
    # What becomes of the sign-in; nothing, where it can go on.
    error: str | None = "no_answer"


STRAYS = {
    "an app's, at the shared address": Stray(app="first"),
    "the operator's, at an app's address": Stray(comes_back_to="first"),
    "an app's, at another app's address": Stray(app="first", comes_back_to="second"),
    "from another issuer": Stray(parameters={"iss": "https://evil.example"}, error="issuer_mismatch"),
    "an error from another issuer": Stray(
        parameters={"iss": "https://evil.example", "error": "access_denied"}, error="issuer_mismatch"
    ),
    "from nobody's issuer": Stray(parameters={"iss": ""}, error="issuer_mismatch"),
    "without the cookie": Stray(brings_cookie=False, statuses=(403,), error=None),
    "asked for its head": Stray(method="HEAD", statuses=(204,), error=None),
    "asked for its options": Stray(method="OPTIONS", statuses=(405,), error=None),
    "prefetched": Stray(headers={"Sec-Purpose": "prefetch"}, statuses=(204,), error=None),
    "prerendered": Stray(headers={"Sec-Purpose": "prefetch;prerender"}, statuses=(204,), error=None),
    "by PUT": Stray(method="PUT", statuses=(405,), error=None),
}


@pytest.mark.parametrize("kind", STRAYS)
def test_stray_callback(kind, orchard, apps, begin):
    stray, before = STRAYS[kind], orchard.token_requests
    with orchard.browser() as browser:
        minted, state = begin(browser, stray.app)
        sent = {"code": "a-code", "state": state} | stray.parameters
        sender = browser if stray.brings_cookie else httpx.Client(base_url=orchard.url)
        address = callback_of(apps[stray.comes_back_to])
        answer = sender.request(stray.method, address, params=sent, headers=stray.headers)
        assert answer.status_code in stray.statuses
        session = orchard.session(minted)
        assert (session["status"], session["connectionId"], orchard.token_requests) == ("CONNECTING", None, before)
        if stray.error:
            assert session["events"][-1]["detail"]["code"] == stray.error
        # The same at the right address is exchanged, unless the stray one has used it up.
        answer = browser.get(callback_of(apps[stray.app]), params={"code": "a-code", "state": state})
        assert answer.status_code == 303
        assert orchard.token_requests == before + (0 if stray.error else 1)


@pytest.mark.parametrize("app", ["first", "second"])
def test_each_app_with_endpoints_has_an_address_of_its_own(app, orchard, apps, begin):
    addresses = [one["redirectUri"] for one in apps.values() if one]
    assert addresses == [f"{orchard.url}{CALLBACK}/{one['id']}" for one in apps.values() if one]
    with orchard.browser() as browser:
        minted = orchard.mint(**choosing(apps[app]))
        browser.get(minted["connectUrl"])
        assert dict(orchard.press(browser, minted))["redirect_uri"] == apps[app]["redirectUri"]


def test_parameters_in_the_address_of_a_posted_answer_count_for_nothing(orchard, begin):
    """Of two places only one is read."""
    before = orchard.token_requests
    with orchard.browser() as browser:
        minted, state = begin(browser, None)
        posted = browser.post(f"{CALLBACK}?code=a&state={state}", data={"error": "access_denied", "state": state})
        assert posted.headers["location"] == f"{orchard.url}{CALLBACK}?error=access_denied&state={state}"
        doubled = browser.post(CALLBACK, content=f"code=a&code=b&state={state}", headers=FORM, follow_redirects=True)
        assert doubled.status_code == 400
    assert (orchard.session(minted)["status"], orchard.token_requests) == ("CONNECTING", before)


def test_code_of_another_sign_in(orchard):
    """Whoever gets hold of somebody's code cannot use it: the provider has seen another challenge (RFC 7636)."""
    with consenting_provider(orchard.sandbox_url), orchard.browser() as victim, orchard.browser() as attacker:
        code = httpx.URL(callback_address(victim, orchard.mint())).params["code"]
        minted, state = orchard.begin(attacker)
        attacker.get(CALLBACK, params={"code": code, "state": state})
    session = orchard.session(minted)
    assert (session["status"], session["connectionId"]) == ("CONNECTING", None)
    assert session["events"][-1]["detail"] | {"code": "invalid_grant"} == session["events"][-1]["detail"]


def test_answer_in_the_browser_of_another(orchard):
    """Whoever is led to somebody else's answer is not connected by it, even with a session of their own."""
    with consenting_provider(orchard.sandbox_url), orchard.browser() as attacker, orchard.browser() as victim:
        theirs, mine = orchard.mint(), orchard.mint()
        address = callback_address(attacker, theirs)
        callback_address(victim, mine)
        before = orchard.token_requests
        assert victim.get(address).status_code == 403
    assert [orchard.session(one)["connectionId"] for one in (theirs, mine)] == [None, None]
    assert orchard.token_requests == before


@pytest.mark.parametrize("value", ["", "made-up", "a.b.c", "{of another session}"])
def test_cookie_that_was_there_before_is_not_taken_over(value, orchard):
    minted = orchard.mint()
    with orchard.browser() as other:
        other.get(orchard.mint()["connectUrl"])
        [foreign] = other.cookies.values()
    planted = f"connect-{minted['sessionId']}={value.replace('{of another session}', foreign)}"
    answer = httpx.get(minted["connectUrl"], headers={"Cookie": planted})
    ours = answer.headers["set-cookie"].partition(";")[0]
    assert ours.startswith(f"connect-{minted['sessionId']}=") and ours != planted
    for cookie, status in ((planted, 410), (ours, 200)):
        assert (
            httpx.get(f"{orchard.url}/connect/{minted['sessionId']}", headers={"Cookie": cookie}).status_code == status
        )


def test_three_tabs_of_one_browser(orchard):
    """Each goes its way, whichever comes back first."""
    with consenting_provider(orchard.sandbox_url), orchard.browser() as browser:
        tabs = [orchard.mint(connectionName=f"Tab {uuid4()}") for _ in range(3)]
        addresses = [callback_address(browser, minted) for minted in tabs]
        for address in (addresses[2], addresses[0], addresses[1]):
            assert browser.get(address).status_code == 303
    assert [orchard.session(minted)["status"] for minted in tabs] == ["COMPLETED"] * 3
