"""The connect page in each of its states, up to the end of a session."""

from uuid import uuid4

from boards import FEW, MANY, NOTHING, offer_boards
from ending_states import connected
from playwright.sync_api import Page, expect
from stage import Stage
from state_table import LONG_NAMES, PRIMARY, sign_in, state
from steps import decide_at_sandbox

WRONG_KEY = "sk_sandbox_nobody_2001"
IN_APP_BROWSER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Instagram 390.0.0.0"
)


@state("connect")
def connect(page: Page, stage: Stage) -> None:
    stage.open(page)


@state("connect, long names")
def long_names(page: Page, stage: Stage) -> None:
    stage.open(page, **LONG_NAMES)


@state("connect, a choice of ways")
def choice(page: Page, stage: Stage) -> None:
    stage.open(page, method=None)


@state("connect, API key")
def api_key(page: Page, stage: Stage) -> None:
    stage.open(page, method="api_key")


@state("connect, user name and password")
def user_name(page: Page, stage: Stage) -> None:
    stage.open(page, "smtp", method=None)


@state("connect, every input")
def every_input(page: Page, stage: Stage) -> None:
    stage.open(page, "every-input", method=None)


@state("connect, refused by the browser")
def refused_by_browser(page: Page, stage: Stage) -> None:
    every_input(page, stage)
    page.locator(PRIMARY).click()
    expect(page.locator(".error").first).not_to_be_empty()


@state("connect, refused by the portal")
def refused_by_portal(page: Page, stage: Stage) -> None:
    every_input(page, stage)
    page.locator("form.actions").evaluate("form => { form.noValidate = true; }")
    page.locator("#field-name").fill("4d4")
    page.locator(PRIMARY).click()
    expect(page.locator("#field-name")).to_have_attribute("aria-invalid", "true")


@state("connect, a secret shown")
def secret_shown(page: Page, stage: Stage) -> None:
    api_key(page, stage)
    page.locator("#field-secret").fill(WRONG_KEY)
    page.locator("[data-reveal]").click()


@state("connect, credentials refused")
def credentials_refused(page: Page, stage: Stage) -> None:
    stage.open(page, "mailbox", method=None)
    page.locator("#field-username").fill("ada")
    page.locator("#field-password").fill(WRONG_KEY)
    page.locator(PRIMARY).click()
    expect(page.get_by_role("alert")).to_be_visible()


@state("connect, on the way")
def on_the_way(page: Page, stage: Stage) -> None:
    stage.open(page)
    # The page looks as if the request had left.
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    page.locator(PRIMARY).click()
    expect(page.locator(f"{PRIMARY}[aria-disabled=true]")).to_be_visible()


@state("connect, branded")
def branded(page: Page, stage: Stage) -> None:
    stage.open(page, workspaceId=stage.branded_workspace)
    expect(page.locator("img.logo")).to_be_visible()


@state("connect, denied")
def denied(page: Page, stage: Stage) -> None:
    stage.open(page)
    sign_in(page, stage)
    decide_at_sandbox(page, stage.portal, "Deny")
    expect(page.get_by_role("alert")).to_be_visible()


@state("connect, again")
def again(page: Page, stage: Stage) -> None:
    connected(page, stage, externalId="again", endUserId="again")
    stage.open(page, externalId="again", endUserId="again")


@state("connect, in the browser of another app")
def embedded(page: Page, stage: Stage) -> None:
    page.context.new_cdp_session(page).send("Emulation.setUserAgentOverride", {"userAgent": IN_APP_BROWSER})
    stage.open(page, "google")
    expect(page.locator("[data-copied]")).to_be_visible()


@state("connect, another account than before")
def other_account(page: Page, stage: Stage) -> None:
    whose = {"externalId": str(uuid4()), "endUserId": "decides"}
    connected(page, stage, **whose)
    page.context.clear_cookies()
    stage.open(page, **whose)
    sign_in(page, stage, "grace")
    decide_at_sandbox(page, stage.portal, "Allow")
    expect(page.locator("button.choice").first).to_be_visible()


@state("connect, the app has to confirm")
def waiting(page: Page, stage: Stage) -> None:
    stage.open(page, confirm="app", allowedOrigins=["https://app.example"])
    sign_in(page, stage)
    decide_at_sandbox(page, stage.portal, "Allow")
    expect(page.locator(".progress")).to_have_count(1)


@state("connect, which site")
def which_site(page: Page, stage: Stage, boards: dict[str, str] = FEW, **fields) -> None:
    offer_boards(stage.portal, boards)
    stage.open(page, "boards", **fields)
    sign_in(page, stage)
    decide_at_sandbox(page, stage.portal, "Allow")
    expect(page.locator("button.choice")).to_have_count(len(boards))


@state("connect, which of many sites")
def which_of_many_sites(page: Page, stage: Stage) -> None:
    which_site(page, stage, MANY, workspaceId=stage.branded_workspace)


@state("connect, no site to pick")
def no_site(page: Page, stage: Stage) -> None:
    which_site(page, stage, NOTHING)
    expect(page.get_by_role("alert")).to_be_visible()
