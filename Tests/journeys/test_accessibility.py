"""Everybody can use every page: by eye and by ear, with keys alone, large, narrow, without motion, in each language."""

import json
import re
from contextlib import closing

import pytest
from connect_states import WRONG_KEY, every_input, refused_by_browser, refused_by_portal
from ending_states import connected
from measures import animations, axe_faults, missing_words, overflow, small_targets
from playwright.sync_api import Page, expect
from portal import REPOSITORY
from state_table import PRIMARY
from states import STATES
from steps import sign_in_at_sandbox

PHONE, DESKTOP, NARROW = ({"width": width, "height": height} for width, height in ((390, 844), (1280, 800), (320, 640)))
LANGUAGES = sorted(file.stem for file in (REPOSITORY / "Templates/languages").glob("*.json"))
RIGHT_TO_LEFT = {
    file.stem
    for file in (REPOSITORY / "Templates/languages").glob("*.json")
    if json.loads(file.read_text())["direction"] == "rtl"
}
# In these much is said, and what is opened, typed or refused.
WORDY = ["connect, every input", "cancelled, in a popup with a way back", "portal, disconnecting"]


@pytest.fixture(scope="module", params=STATES)
def shown(request, browser, stage):
    """A page in one of the states; the checks that follow each other change nothing but its size and colours."""
    with closing(browser.new_context(viewport=PHONE, reduced_motion="reduce")) as context:
        page = context.new_page()
        STATES[request.param](page, stage)
        yield page


@pytest.fixture
def page(browser):
    with closing(browser.new_context(viewport=PHONE, reduced_motion="reduce")) as context:
        yield context.new_page()


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_axe(size, scheme, shown):
    shown.set_viewport_size(size)
    shown.emulate_media(color_scheme=scheme)
    assert axe_faults(shown) == []
    assert small_targets(shown) == []


def test_narrow_and_large(shown):
    """WCAG 2.2, 1.4.10 and 1.4.4: 320 pixels are enough, and so are 640 for text of twice the size."""
    shown.set_viewport_size(NARROW)
    assert overflow(shown) == []
    shown.set_viewport_size({"width": 640, "height": 800})
    shown.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(shown) == []
    shown.evaluate("document.documentElement.style.fontSize = ''")


def test_no_motion(shown):
    assert animations(shown) == 0


def test_motion_is_seen_by_that_test(page, stage):
    page.emulate_media(reduced_motion="no-preference")
    connected(page, stage)
    assert animations(page) > 0


@pytest.mark.parametrize("state", WORDY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_language(language, state, browser, stage):
    with closing(browser.new_context(viewport=NARROW, locale=language)) as context:
        page = context.new_page()
        STATES[state](page, stage)
        assert page.locator("html").get_attribute("lang") == language
        right_to_left = page.locator("body").evaluate("body => getComputedStyle(body).direction") == "rtl"
        assert right_to_left == (language in RIGHT_TO_LEFT)
        assert overflow(page) == []
        assert missing_words(page) == []


# Keys alone


def focused(page: Page) -> str:
    """A name of what has the focus, which must be seen."""
    name, outline = page.evaluate(
        """() => {
            const element = document.activeElement;
            const ringed = [element, element.closest(".box") ?? element].map((one) => getComputedStyle(one));
            const seen = ({outlineStyle, outlineWidth}) => outlineStyle !== "none" && outlineWidth !== "0px";
            return [element.id || element.innerText?.trim() || element.localName, ringed.some(seen)];
        }"""
    )
    assert outline or name == "body", f"{name} has the focus, and nothing shows it"
    return name


def tab_to(page: Page, name: str, most: int = 12) -> list[str]:
    """Presses Tab until the element is reached; what was passed on the way."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == name:
            return passed
    raise AssertionError(f"{name} was not reached, only {passed}")


def test_keys_alone_from_choice_to_connected(page, stage):
    stage.open(page, method=None)
    tab_to(page, "Sign in with Sandbox")
    page.keyboard.press("Enter")
    button = page.locator(PRIMARY)
    expect(button).to_be_visible()
    passed = tab_to(page, button.inner_text())
    assert len(passed) <= 2, "the way leads past the list of permissions at most"
    page.keyboard.press("Enter")
    sign_in_at_sandbox(page, stage.portal)
    page.get_by_role("button", name="Allow").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mark.success")).to_be_visible()


def test_keys_alone_through_a_form(page, stage):
    every_input(page, stage)
    inputs = page.locator("form.actions :is(input:not([type=hidden]), textarea, select)")
    ids = inputs.evaluate_all("inputs => inputs.map(({id}) => id)")
    passed = tab_to(page, page.locator(PRIMARY).inner_text(), most=30)
    assert [name for name in passed if name in ids] == ids, "in the order in which they stand"


def test_refusal_by_the_browser_is_told(page, stage):
    refused_by_browser(page, stage)
    first = page.locator("[aria-invalid=true]").first
    expect(first).to_be_focused()
    expect(first).to_have_accessible_description(re.compile("^" + re.escape(page.locator(".error").first.inner_text())))


def test_refusal_by_the_portal_is_told(page, stage):
    refused_by_portal(page, stage)
    first = page.locator("[aria-invalid=true]").first
    expect(first).to_be_focused()
    assert first.evaluate("input => input.closest('.field').querySelector('.error').innerText")


def test_refusal_by_the_provider_is_told(page, stage):
    stage.open(page, method="api_key")
    tab_to(page, "field-secret")
    page.keyboard.type(WRONG_KEY)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Sandbox")
    # What was typed is gone, and the way back to it is short.
    tab_to(page, "field-secret", most=3)
