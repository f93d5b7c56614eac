"""Whatever an app, a person or a provider writes is shown as the text that it is, in its place, and never runs."""

import json
import re
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hostile import INVISIBLE, TEXTS
from playwright.sync_api import BrowserContext, Page, expect
from state_table import PRIMARY
from walk import consenting_provider

REMEMBER_VIOLATIONS = """
    addEventListener("securitypolicyviolation", ({violatedDirective}) => console.error(violatedDirective));
"""
# What only markup that came as text could have put there.
STRANGE = """main :is(script, iframe, img, style, link, base, meta, template, math, form[action^="//"], a[href^="//"]),
    body > :not(main), [onload], [onerror], [onfocus], [onmouseover]"""
# How an element that holds just this text stands among its neighbours of the other direction.
ISOLATION = """(text) => [...document.querySelectorAll("main *")]
    .filter((element) => element.childElementCount === 0 && element.textContent === text)
    .map((element) => getComputedStyle(element).unicodeBidi)"""
CALLBACK = "/api/v1/connect/oauth-callback"


@pytest.fixture
def context(browser):
    context = browser.new_context()
    context.add_init_script(REMEMBER_VIOLATIONS)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page on which nothing may run, break or be refused by the content security policy, from start to end."""
    page, happened = context.new_page(), []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: happened.append(f"{error}"))
    page.on("popup", lambda popup: happened.append(popup.url))
    page.on("console", lambda message: happened.append(message.text) if is_trouble(message) else None)
    yield page
    assert happened == []


def is_trouble(message) -> bool:
    """The browser also notes each document with a status of 400 and more."""
    return message.type == "error" and "server responded with a status" not in message.text


def expect_shown(page: Page, text: str, times: int = 1) -> None:
    isolations = page.evaluate(ISOLATION, text)
    assert len(isolations) == times
    assert set(isolations) <= {"isolate", "isolate-override", "plaintext"}
    expect_nothing_strange(page)


def expect_nothing_strange(page: Page) -> None:
    expect(page.locator(STRANGE)).to_have_count(0)
    expect(page.locator("main h1")).to_be_visible()


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_of_an_app(text, page, stage):
    # The characters that a scope may have (RFC 6749 §3.3).
    scope = "scope:" + re.sub(r"[^!#-\[\]-~]", "", text)
    fields = {"connectionName": text, "endUserId": f"{text}!", "externalId": text, "metadata": {text: [text]}}
    stage.open(page, locale=text[:35], scopes=[scope], **fields)
    expect_shown(page, text)
    expect_shown(page, f"{text}!")
    expect_shown(page, scope)
    page.locator("form.cancel button").click()
    expect(page.locator(".mark.failure")).to_be_visible()
    expect_nothing_strange(page)
    # What the page would tell the one who opened it.
    assert json.loads(page.locator("main").get_attribute("data-outcome"))["externalId"] == text


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_on_the_portal_page(text, page, stage):
    stage.open_portal_page(page, ["sandbox"], [text], end_user=f"{text}!", display_name=f"{text}?")
    expect_shown(page, text)
    expect_shown(page, f"{text}!")
    expect_shown(page, f"{text}?")
    labels = page.locator("[aria-label]").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert sum(text in label for label in labels) == 4
    assert page.locator("input[name=name]").input_value() == text


def test_names_that_a_person_gives(page, stage):
    stage.open_portal_page(page, ["sandbox"], ["Work"])
    for text in TEXTS:
        page.locator("details:has(.rename) summary").click()
        page.locator("input[name=name]").fill(text)
        page.locator(".rename button").click()
        expect(page.locator("input[name=name]")).to_have_value(text)
        expect_shown(page, text)


def test_what_a_person_asks_the_portal_page_for(page, stage):
    stage.open_portal_page(page, ["sandbox", "mailbox", "smtp", "openai", "stripe", "sendgrid", "freshsales"])
    for text in TEXTS:
        page.goto(f"{page.url.partition('?')[0]}?q={quote(text)}&done={quote(text)}&status={quote(text)}")
        expect(page.locator("#search")).to_have_value(text[:100])
        expect_nothing_strange(page)


@pytest.mark.parametrize("texts", [TEXTS[start::4] for start in range(4)], ids=["first", "second", "third", "fourth"])
def test_typed_text_that_is_refused(texts, page, stage):
    stage.open(page, "every-input", method=None)
    page.locator("form.actions").evaluate("form => { form.noValidate = true; }")
    keys = ("subdomain", "account", "limit", "webhook", "email", "certificate", "name", "token")
    typed = dict(zip(keys, texts, strict=False))
    for key, text in typed.items():
        page.locator(f"#field-{key}").fill(text)
    page.locator("#field-region option").nth(1).evaluate("(option, text) => { option.value = text; }", texts[0])
    page.locator("#field-region").select_option(index=1)
    page.locator(PRIMARY).click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    for key, text in typed.items():
        # What may be a secret is not shown again.
        assert page.locator(f"#field-{key}").input_value() == ("" if key in ("certificate", "token") else text)
    expect_nothing_strange(page)


@pytest.mark.parametrize("text", [*TEXTS[:5], *TEXTS[-7:]], ids=ascii)
def test_account_at_a_provider(text, page, stage):
    with answering("userinfo", stage, json.dumps({"sub": "ada", "email": "".join(INVISIBLE) + text})):
        stage.open(page)
        page.locator(PRIMARY).click()
        expect(page.locator(".mark.success")).to_be_visible()
    expect_shown(page, text)


def test_error_of_a_provider_at_the_callback(page, context, stage):
    minted = stage.open(page)
    state = state_of_new_authorization(context, minted, stage)
    text = quote("".join(TEXTS + INVISIBLE))
    page.goto(f"{stage.portal.url}{CALLBACK}?state={state}&error={text}&error_description={text}&error_uri={text}")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.url == f"{stage.portal.url}/connect/{minted['sessionId']}"
    expect_nothing_strange(page)
    expect(page.locator("main")).not_to_contain_text("alert(1)")


def test_error_of_a_provider_in_place_of_a_token(page, stage):
    stage.open(page)
    text = "".join(TEXTS + INVISIBLE)
    error = json.dumps({"error": "invalid_grant", "error_description": text, "error_uri": text})
    with answering("token", stage, error, status=400):
        page.locator(PRIMARY).click()
        expect(page.get_by_role("alert")).to_be_visible()
    expect_nothing_strange(page)
    expect(page.locator("main")).not_to_contain_text("alert(1)")


@pytest.mark.parametrize("status", [200, 400, 500])
def test_page_instead_of_a_token(status, page, stage):
    stage.open(page)
    with answering("token", stage, f"<html><title>{TEXTS[0]}</title>{TEXTS[2]}", status=status, type="text/html"):
        page.locator(PRIMARY).click()
        expect(page.get_by_role("alert")).to_be_visible()
    expect_nothing_strange(page)


# Parts


@contextmanager
def answering(endpoint: str, stage, body: str, *, status: int = 200, type: str = "application/json"):
    """The provider consents by itself, and says this at one of its endpoints, once."""
    headers = {"Content-Type": f"{type}; charset=utf-8"}
    fault = {"times": 1, "failure": "response", "status": status, "headers": headers, "body": body}
    with consenting_provider(stage.portal.sandbox_url, **fault | {"endpoint": endpoint}):
        yield


def state_of_new_authorization(context: BrowserContext, minted: dict, stage) -> str:
    """Presses the button in this browser, and goes no further than to be told the way to the provider."""
    answer = context.request.post(
        f"{stage.portal.url}/connect/{minted['sessionId']}",
        form={"method": "oauth2", "display": "page"},
        headers={"Origin": stage.portal.url},
        max_redirects=0,
    )
    return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
