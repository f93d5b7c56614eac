"""The table into which every state of the pages is put, and the steps that lead to many of them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from stage import Stage
from steps import sign_in_at_sandbox

STATES: dict[str, Callable[[Page, Stage], object]] = {}
PRIMARY = "main button.primary"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
# A name of many words and one that cannot be broken, as long as an app may give them.
LONG_NAMES = {
    "connectionName": f"{'A connection with a name of many words, ' * 4}{LONG}"[:200],
    "endUserId": f"{LONG}@acme.example"[-200:],
    "scopes": [f"https://api.sandbox.example/auth/documents.{part}" for part in ("read", "write", "share", "own")],
}


def state(name: str):
    def add(lead):
        assert name not in STATES, name
        STATES[name] = lead
        return lead

    return add


def say_popup(page: Page) -> None:
    """What the page's script says where another page opened the window."""
    page.locator("input[name=display]").evaluate_all("inputs => inputs.forEach(input => { input.value = 'popup'; })")


def sign_in(page: Page, stage: Stage, name: str = "ada") -> None:
    """Up to the provider's question, in any language."""
    page.locator(PRIMARY).click()
    page.wait_for_url(f"{stage.portal.sandbox_url}/authorize**")
    if page.get_by_label("User name").count():
        sign_in_at_sandbox(page, stage.portal, name)
    expect(page.get_by_role("button", name="Allow")).to_be_visible()
