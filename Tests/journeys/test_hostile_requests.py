"""Requests that no page of ours makes: too long, doubled, malformed, from a frame of another site."""

from contextlib import closing
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from hostile import TEXTS
from playwright.sync_api import expect
from states import STATES
from walk import CALLBACK

FRAMING_SITE = "http://framing.example/"
FRAMED = ["connect", "connected", "cancelled", "problem, dead link", "portal, connected", "API reference"]
STATES_OF_NOBODY = ["", "short", "s" * 512, "s" * 513, "s" * 4000, "é" * 40, "%00" * 20, "%zz", *TEXTS[:3]]
LARGEST_FORM = 65536
NO_CALLBACKS = ["", "?", "?code", "?&&&", "?" + "a=b&" * 2030, "?state[]=aaaaaaaaaaaaaaaaaaaa&code=a"]


@pytest.fixture
def person(stage):
    """A browser without a screen."""
    with httpx.Client(base_url=stage.portal.url, headers={"Origin": stage.portal.url}) as person:
        yield person


def begin(person: httpx.Client, stage) -> tuple[dict, str]:
    """A new session, and the state with which the provider was asked."""
    minted = stage.mint()
    person.get(minted["connectUrl"])
    answer = person.post(f"/connect/{minted['sessionId']}", data={"method": "oauth2", "display": "page"})
    return minted, parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]


def expect_page(answer: httpx.Response, *statuses: int) -> None:
    """Something that a person can read, under our policy."""
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8", answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def expect_still_open(minted: dict, stage) -> None:
    assert stage.weavz.connect.poll(minted["token"])["status"] == "CONNECTING"


@pytest.mark.parametrize("length", [4096, 4097, 8000])
def test_long_code(length, person, stage):
    minted, state = begin(person, stage)
    answer = person.get(CALLBACK, params={"code": "c" * length, "state": state})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/connect/{minted['sessionId']}")
    expect_page(person.get(answer.headers["location"]), 200)
    expect_still_open(minted, stage)


@pytest.mark.parametrize("state", STATES_OF_NOBODY, ids=lambda state: ascii(state)[:30])
def test_state_of_nobody(state, person):
    expect_page(person.get(f"{CALLBACK}?code={'c' * 4096}&state={quote(state, safe='%')}"), 400, 404)


@pytest.mark.parametrize("query", NO_CALLBACKS, ids=lambda query: ascii(query)[:30])
def test_callback_that_is_none(query, person):
    expect_page(person.get(CALLBACK + query), 400, 404)


@pytest.mark.parametrize("doubled", ["state", "code", "iss", "error", "code[]", "error_description"])
def test_doubled_parameter_at_the_callback(doubled, person, stage):
    minted, state = begin(person, stage)
    twice = f"{quote(doubled)}=a&{quote(doubled)}=b"
    expect_page(person.get(f"{CALLBACK}?code=c&state={state}&{twice}"), 400)
    expect_still_open(minted, stage)
    # The good one, had it come, would still be taken.
    assert person.get(CALLBACK, params={"error": "access_denied", "state": state}).status_code == 303


@pytest.mark.parametrize("tokens", ["{good} x", "x {good}", "{good} {good}", "{good} ", "%zz", "%00"])
def test_doubled_token_of_a_link(tokens, person, stage):
    good = stage.mint()["token"]
    query = "&".join(f"token={token.format(good=good)}" for token in tokens.split(" "))
    expect_page(person.get(f"/connect?{query}"), 200, 400, 401, 410)
    expect_page(person.get(f"/connect/portal?{query}"), 400, 401, 410)


@pytest.mark.parametrize(
    "form",
    [
        "method=oauth2&method=api_key&display=page",
        "method=api_key&field.secret=a&field.secret=b",
        "method=api_key&field.secret=%00&field.secret[]=a",
        "method=" + "a" * 8000,
        "method=oauth2&display=" + quote(TEXTS[0]),
        "method=%zz",
        "field." + "a" * 8000 + "=b",
        "&".join(f"field.f{number}=a" for number in range(4000)),
        "method=__proto__&field.__proto__=a&field.constructor=b",
        "",
    ],
    ids=lambda form: form[:40],
)
def test_strange_form(form, person, stage):
    minted = stage.mint(method=None)
    person.get(minted["connectUrl"])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = person.post(f"/connect/{minted['sessionId']}", content=form, headers=headers)
    if answer.status_code != 303:
        expect_page(answer, 413 if len(form) > LARGEST_FORM else 400, 422)
    assert stage.weavz.connect.poll(minted["token"])["status"] in {"PENDING", "CONNECTING"}


@pytest.mark.parametrize("state", FRAMED)
def test_page_in_a_frame_of_another_site(state, browser, stage):
    with closing(browser.new_context()) as context:
        page = context.new_page()
        STATES[state](page, stage)
        address = page.url
        markup = f'<!doctype html><title>Framing</title><iframe src="{address}" width="600" height="600"></iframe>'
        context.route(FRAMING_SITE, lambda route: route.fulfill(body=markup, content_type="text/html"))
        with page.expect_request(address):
            page.goto(FRAMING_SITE)
        [frame] = [frame for frame in page.frames if frame.parent_frame]
        expect(page.frame_locator("iframe").locator("main, form")).to_have_count(0)
        assert frame.url.startswith("chrome-error:")
