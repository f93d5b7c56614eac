"""Each card of the demo's gallery does what it says, in a popup, and then shows what became of it."""

import re

import pytest
from exhibits import ADA, CARDS, GRACE
from measures import axe_faults, overflow, small_targets
from playwright.sync_api import Page, expect
from steps import decide_at_sandbox, sign_in_at_sandbox, start_sign_in


@pytest.fixture(scope="module")
def portal(start_sqlite_portal):
    return start_sqlite_portal()


@pytest.fixture(scope="module")
def gallery(browser, portal):
    """One page for all cards, as for somebody who tries them in turn: the provider knows who is signed in."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{portal.url}/demo")
    yield page
    context.close()


def card(gallery: Page, name: str):
    return gallery.locator(f"[data-integration={name}]")


def press_connect(gallery: Page, name: str) -> Page:
    with gallery.expect_popup() as opened:
        card(gallery, name).locator("[data-popup]").click()
    return opened.value


def reach_consent(popup: Page, portal) -> None:
    start_sign_in(popup)
    popup.wait_for_url(f"{portal.sandbox_url}/authorize**")
    if popup.get_by_label("User name").count():
        sign_in_at_sandbox(popup, portal)


def submit(popup: Page, fields: dict[str, str]) -> None:
    for label, value in fields.items():
        popup.get_by_label(label, exact=True).fill(value)
    popup.locator("main button.primary").click()


@pytest.mark.parametrize("exhibit", CARDS, ids=lambda exhibit: exhibit.name)
def test_card(exhibit, gallery, portal):
    popup = press_connect(gallery, exhibit.name)
    if exhibit.refused_fields:
        submit(popup, exhibit.refused_fields)
        expect(popup.get_by_role("alert")).to_contain_text("Strongroom did not accept this")
    if exhibit.fields and not exhibit.tries:
        submit(popup, exhibit.fields)
    for label, value in exhibit.fields.items() if exhibit.tries else ():
        popup.get_by_label(label, exact=True).fill(value)
    for problem in [*exhibit.problems, ""][: exhibit.tries]:
        if exhibit.asks_anybody:
            reach_consent(popup, portal)
            decide_at_sandbox(popup, portal, "Allow")
        else:
            start_sign_in(popup)
        if problem:
            expect(popup.get_by_role("alert")).to_contain_text(problem)
    if len(exhibit.problems) == exhibit.tries > 0:
        popup.get_by_role("button", name="Cancel").click()
    expect(card(gallery, exhibit.name)).to_contain_text(exhibit.ends_with)
    expect(gallery.get_by_role("dialog")).to_have_count(0)
    popup.close()


def test_permissions_left_out(gallery, portal):
    popup = press_connect(gallery, "tickbox")
    reach_consent(popup, portal)
    popup.locator("input[name=scope][value='contacts:read']").uncheck()
    decide_at_sandbox(popup, portal, "Allow")
    expect(popup.locator(".scopes code")).to_have_text(["contacts:read"])
    popup.get_by_role("button", name="Ask me again").click()
    reach_consent(popup, portal)
    decide_at_sandbox(popup, portal, "Allow")
    expect(popup.locator(".scopes")).to_have_count(0)
    expect(card(gallery, "tickbox")).to_contain_text(ADA)
    popup.close()


def test_another_account(gallery, portal):
    popup = press_connect(gallery, "twins")
    reach_consent(popup, portal)
    decide_at_sandbox(popup, portal, "Allow")
    expect(card(gallery, "twins")).to_contain_text(ADA)
    popup.close()

    popup = press_connect(gallery, "twins")
    start_sign_in(popup)
    popup.get_by_role("button", name="Not you?").click()
    sign_in_at_sandbox(popup, portal, "grace")
    decide_at_sandbox(popup, portal, "Allow")
    popup.get_by_role("button", name=f"Use {GRACE} from now on").click()
    expect(card(gallery, "twins")).to_contain_text(GRACE)
    popup.close()


def test_another_language(gallery):
    popup = press_connect(gallery, "phrasebook")
    expect(popup.locator("html")).to_have_attribute("dir", "rtl")
    expect(gallery.get_by_role("dialog")).to_have_css("direction", "rtl")
    gallery.get_by_role("dialog").press("Escape")
    expect(gallery.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    "button, words",
    [("A withdrawn one", "withdrew the link"), ("One cut short", "does not work any more")],
)
def test_links_that_have_ended(button, words, gallery):
    with gallery.expect_popup() as opened:
        card(gallery, "bottle-post").get_by_role("button", name=button).click()
    expect(opened.value.locator("main")).to_contain_text(words)
    opened.value.close()


def test_every_card_is_tried(gallery):
    cards = gallery.locator("[data-integration]").all()
    names = {card.get_attribute("data-integration") for card in cards}
    assert names == {exhibit.name for exhibit in CARDS} | {
        "tickbox",
        "twins",
        "pigeon-post",
        "phrasebook",
        "bottle-post",
    }


def test_link_for_any_browser(gallery, portal, new_context):
    card(gallery, "pigeon-post").get_by_role("button", name="by link").click()
    link = card(gallery, "pigeon-post").get_by_role("textbox")
    expect(link).to_be_focused()
    elsewhere = new_context("phone").new_page()
    elsewhere.goto(link.input_value())
    start_sign_in(elsewhere)
    sign_in_at_sandbox(elsewhere, portal, "grace")
    decide_at_sandbox(elsewhere, portal, "Allow")
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("is connected")
    gallery.reload()
    expect(card(gallery, "pigeon-post")).to_contain_text(GRACE)


def test_page_of_ones_own(gallery):
    with gallery.expect_popup() as opened:
        gallery.get_by_role("button", name="Open it").click()
    entries = opened.value.locator(":is(.entry, .app)")
    expect(entries).to_have_count(5)
    expect(entries.first).to_contain_text("Lighthouse")
    opened.value.close()


def test_disconnect(gallery):
    place = card(gallery, "keyring")
    place.get_by_role("button", name="Disconnect").click()
    expect(place.get_by_role("button", name="Connect Keyring", exact=True)).to_be_focused()
    expect(place).not_to_contain_text(ADA)


def test_without_script(portal, new_context):
    """What became of it stands on the card, which is in sight again."""
    page = new_context("no-script").new_page()
    page.goto(f"{portal.url}/demo")
    card(page, "castle-drive").locator("[data-popup]").click()
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Allow")
    news = card(page, "castle-drive").get_by_role("status")
    expect(news).to_have_text("Castle Drive is connected.")
    expect(news).to_be_in_viewport()


@pytest.fixture
def catalog(portal, new_context):
    page = new_context("phone").new_page()
    page.goto(f"{portal.url}/demo")
    page.get_by_role("link", name="Open the catalog").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("services that people can connect")
    return page


def test_catalog(catalog):
    """Everything is there with its tile, says what it needs, and what takes a key can be connected at once."""
    rows = catalog.locator(".service")
    assert rows.count() > 200
    expect(rows.filter(has_text="Slack").get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    catalog.get_by_label("Search").fill("open ai")
    expect(catalog.locator(".service:visible h3").first).to_have_text("Azure OpenAI")
    picture = catalog.locator(".service:visible img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    with catalog.expect_popup() as opened:
        catalog.locator(".service:visible").first.locator("[data-popup]").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Connect Azure OpenAI")
    opened.value.get_by_role("button", name="Cancel").click()
    expect(catalog.get_by_role("dialog")).to_have_count(0)
    expect(catalog.locator(".service:visible h3").first).to_have_text("Azure OpenAI")
    assert catalog.evaluate("document.documentElement.scrollWidth") == 390, "nothing scrolls sideways"


# What is typed, and a service that is found; with the script and without it the same.
SEARCHES = [("MÀIL", "Mailgun"), ("  open ai ", "Azure OpenAI"), ("payments str", "Stripe"), ("zzz", None)]


@pytest.mark.parametrize(("text", "name"), SEARCHES)
def test_search_of_the_catalog(text, name, portal, new_context):
    found = {}
    for screen in ("phone", "no-script"):
        page = new_context(screen).new_page()
        page.goto(f"{portal.sandbox_url}/demo/catalog")
        page.get_by_label("Search").fill(text)
        if screen == "no-script":
            with page.expect_navigation():
                page.get_by_role("button", name="Search").click()
            expect(page.get_by_label("Search")).to_have_value(text)
        names = found[screen] = page.locator(".service:visible h3").all_inner_texts()
        if screen == "phone":
            expect(page.locator("#found")).to_have_text(f"Found: {len(names)}")
        counts = page.locator(".contents a:visible .hint").all_inner_texts()
        assert sum(map(int, counts)) == len(names), "categories count what is found"
        expect(page.locator("#gallery h2:visible")).to_have_count(len(counts))
        expect(page.get_by_text("Nothing is called that.")).to_be_visible(visible=not names)
    assert found["phone"] == found["no-script"]
    assert name in found["phone"] or name is None
    assert bool(found["phone"]) == bool(name)


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_category_of_the_catalog(screen, portal, new_context):
    page = new_context(screen, reduced_motion="reduce").new_page()
    page.goto(f"{portal.sandbox_url}/demo/catalog")
    page.get_by_role("navigation", name="Categories").get_by_role("link", name="Sales and CRM").click()
    heading = page.get_by_role("heading", name="Sales and CRM")
    expect(heading).to_be_in_viewport()
    bar = page.get_by_role("navigation", name="Categories").bounding_box()
    assert heading.bounding_box()["y"] >= bar["y"] + bar["height"], "the bar does not cover it"


@pytest.mark.parametrize("path", ["", "/catalog", "/catalog?q=mail", "/catalog?q=zzz"])
def test_everybody_can_use_it(path, portal, new_context):
    page = new_context("phone").new_page()
    page.goto(f"{portal.sandbox_url}/demo{path}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert axe_faults(page) == []
    assert small_targets(page) == []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) == []


def test_page_of_ones_own_with_the_catalog(catalog):
    with catalog.expect_popup() as opened:
        catalog.get_by_role("button", name="Open it").click()
    expect(opened.value.get_by_role("navigation", name="Categories")).to_be_visible()
    assert opened.value.locator(".app").count() > 100
    opened.value.close()


def test_nothing_from_elsewhere(portal, new_context):
    page = new_context("phone").new_page()
    addresses, complaints = [], []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    answer = page.goto(f"{portal.url}/demo")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert all(address.startswith((portal.url, portal.sandbox_url, "data:")) for address in addresses)
    assert complaints == []
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390, "nothing scrolls sideways"
