"""Every page is light, asks nobody else for anything, complains of nothing, and works without its script."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from states import STATES

MOST_BYTES = 34_000
# What only the script can lead to.
BY_SCRIPT = {"connect, refused by the browser", "connect, a secret shown", "connect, on the way"}


@pytest.fixture
def new_page(browser):
    contexts = []

    def new_page(**settings) -> Page:
        contexts.append(browser.new_context(**settings))
        return contexts[-1].new_page()

    yield new_page
    for context in contexts:
        context.close()


class Visit:
    """What a page loads and complains of, from its newest document on."""

    def __init__(self, page: Page):
        self.documents, self.requests, self.complaints = [], [], []
        # Whatever an earlier page loaded counts for this one, too.
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.on("request", self.note_request)
        page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        page.on("console", self.note_message)

    def note_request(self, request) -> None:
        if request.is_navigation_request():
            self.documents.append(request.url)
            self.requests.clear()
        else:
            assert origin(request.url) == origin(self.documents[-1]), request.url
        self.requests.append(request)

    def note_message(self, message) -> None:
        is_status_of_document = message.location["url"] in self.documents
        if message.type == "error" and not is_status_of_document:
            self.complaints.append(message.text)

    def bytes(self) -> int:
        """Of the newest document and all it loaded, compressed."""
        # One that the page before left behind has no answer.
        answers = [response for request in self.requests if (response := request.response())]
        assert answers
        return sum(len(gzip.compress(response.body(), 6)) for response in answers)


def origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


@pytest.mark.parametrize("state", STATES)
def test_page(state, new_page, stage):
    page = new_page()
    visit = Visit(page)
    STATES[state](page, stage)
    page.wait_for_load_state("networkidle")
    own = {stage.portal.url, stage.crowded.url, stage.portal.url.replace("localhost", "127.0.0.1")}
    assert {origin(url) for url in visit.documents} <= own | {stage.portal.sandbox_url}
    assert origin(page.url) in own
    assert visit.complaints == []
    assert visit.bytes() < MOST_BYTES


@pytest.mark.parametrize("state", [state for state in STATES if state not in BY_SCRIPT])
def test_page_without_script(state, new_page, stage):
    page = new_page(java_script_enabled=False)
    STATES[state](page, stage)
    expect(page.locator("h1")).to_be_visible()
    for form in page.locator("main form").all():
        inside_closed = form.evaluate("form => form.closest('details:not([open])') !== null")
        assert inside_closed or form.locator("[type=submit]").first.is_enabled()
    # What only the script can do is not offered.
    expect(page.locator(":is([data-reveal], [data-close]):visible")).to_have_count(0)
