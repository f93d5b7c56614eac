"""A page of another origin opens ours: what it can do with them, and what they with it."""

from contextlib import closing
from html import escape

from playwright.sync_api import Page
from stage import Stage
from steps import connect_as_ada

SITE = "http://opener.example/"
MARKUP = """<!doctype html><title>Opener</title><script>
    received = [];
    addEventListener("message", ({{origin, data}}) => received.push([origin, data]));
</script><a id="open" target="popup" rel="opener" href="{address}">Open</a>"""


def opener_problems(stage: Stage, browser) -> tuple[list[str], int]:
    """What is wrong, and how many pages were opened."""
    problems = []
    for name, address, expected in (
        ("the API reference", f"{stage.portal.url}/docs", False),
        ("a page that is not there", f"{stage.portal.url}/nowhere", False),
        ("a dead link", f"{stage.portal.url}/connect?token=a", True),
        ("the connect page", stage.mint(allowedOrigins=["https://somebody.example"])["connectUrl"], True),
    ):
        with closing_context(browser) as context:
            popup, _ = opened(context, address)
            if popup.evaluate("window.opener !== null") is not expected:
                problems.append(f"{name}: {'cut off from' if expected else 'left to'} the page that opened it")
    problems += told_elsewhere(stage, browser)
    return problems, 5


def told_elsewhere(stage: Stage, browser) -> list[str]:
    """The page that opened the popup is not the one that the session names; it must hear nothing to the end."""
    minted = stage.mint(allowedOrigins=["https://somebody.example"])
    with closing_context(browser) as context:
        popup, page = opened(context, minted["connectUrl"])
        connect_as_ada(popup, stage.portal)
        if not popup.is_closed():
            popup.wait_for_event("close", timeout=5000)
        status = stage.weavz.connect.poll(minted["token"])["status"]
        heard = page.evaluate("received")
    problems = [f"a page of another origin was told {message}" for message in heard]
    return problems + ([] if status == "COMPLETED" else [f"the popup ended as {status}"])


def opened(context, address: str) -> tuple[Page, Page]:
    """The popup, and the page that opened it."""
    page = context.new_page()
    markup = MARKUP.format(address=escape(address))
    context.route(SITE, lambda route: route.fulfill(body=markup, content_type="text/html"))
    page.goto(SITE)
    with page.expect_popup() as popup:
        page.locator("#open").click()
    popup.value.wait_for_load_state()
    return popup.value, page


def closing_context(browser):
    return closing(browser.new_context())
