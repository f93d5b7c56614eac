"""The pages at the end of a session, and those from which nothing goes on."""

from playwright.sync_api import Page, expect
from stage import Stage
from state_table import say_popup, sign_in, state
from steps import decide_at_sandbox


@state("connected")
def connected(page: Page, stage: Stage, *, in_popup: bool = False, without: str | None = None, **fields) -> None:
    stage.open(page, **fields)
    if in_popup:
        say_popup(page)
    sign_in(page, stage)
    if without:
        page.locator(f"input[name=scope][value='{without}']").uncheck()
    decide_at_sandbox(page, stage.portal, "Allow")
    page.wait_for_url(f"{stage.portal.url}/**")
    expect(page.locator(".mark.success")).to_be_visible()


@state("connected, in a popup")
def connected_in_popup(page: Page, stage: Stage) -> None:
    connected(page, stage, in_popup=True)


@state("connected, permissions left out")
def permissions_left_out(page: Page, stage: Stage) -> None:
    connected(page, stage, without="notes.read")


@state("connected, permissions left out, in a popup with a way back")
def permissions_left_out_in_popup(page: Page, stage: Stage) -> None:
    connected(page, stage, in_popup=True, without="notes.read", successRedirectUri=f"{stage.portal.url}/done")


@state("cancelled")
def cancelled(page: Page, stage: Stage, *, in_popup: bool = False, **fields) -> None:
    stage.open(page, **fields)
    if in_popup:
        say_popup(page)
    page.locator("form.cancel button").click()
    expect(page.locator(".mark.failure")).to_be_visible()


@state("cancelled, in a popup")
def cancelled_in_popup(page: Page, stage: Stage) -> None:
    cancelled(page, stage, in_popup=True)


@state("cancelled, in a popup with a way back")
def cancelled_with_way_back(page: Page, stage: Stage) -> None:
    cancelled(page, stage, in_popup=True, errorRedirectUri=f"{stage.portal.url}/failed")


@state("withdrawn by the app")
def withdrawn(page: Page, stage: Stage) -> None:
    minted = stage.open(page)
    stage.revoke(minted)
    page.reload()
    expect(page.locator(".mark.failure")).to_be_visible()


@state("problem, dead link")
def dead_link(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.portal.url}/connect?token=cst_nonsense")


@state("problem, another browser")
def other_browser(page: Page, stage: Stage) -> None:
    minted = stage.open(page)
    sign_in(page, stage)
    page.context.clear_cookies()
    page.goto(minted["connectUrl"])


@state("problem, a form from elsewhere")
def foreign_form(page: Page, stage: Stage) -> None:
    stage.open(page)
    action = page.locator("form.actions").get_attribute("action")
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{stage.portal.url}{action}"><button>Send</button></form>')
    with page.expect_navigation():
        page.locator("button").click()


@state("problem, another address")
def elsewhere(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.portal.url}/connect".replace("localhost", "127.0.0.1"))


@state("problem, nothing here")
def nothing_here(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.portal.url}/nowhere")


@state("problem, too many requests")
def too_many(page: Page, stage: Stage) -> None:
    # The browser comes last: of pages that it left at once it would not know what they loaded.
    while page.request.get(f"{stage.crowded.url}/connect").status != 429:
        continue
    while page.goto(f"{stage.crowded.url}/connect").status != 429:
        continue


@state("problem, not understood")
def not_understood(page: Page, stage: Stage) -> None:
    stage.open(page)
    page.locator("form.actions").evaluate("form => { form.enctype = 'text/plain'; form.requestSubmit(); }")
    expect(page.locator(".support")).to_be_visible()
