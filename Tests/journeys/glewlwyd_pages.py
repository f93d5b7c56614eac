"""What a person does on Glewlwyd's pages, in the words of the pages."""

from glewlwyd import Glewlwyd, Person
from playwright.sync_api import Page, expect
from steps import start_sign_in


def sign_in_at_glewlwyd(page: Page, person: Person) -> None:
    page.get_by_placeholder("Your username").fill(person.name)
    page.get_by_placeholder("Your password").fill(person.password)
    page.get_by_role("button", name="OK", exact=True).click()


def allow_at_glewlwyd(page: Page, *scopes: str) -> None:
    """Ticks these, and goes back to the portal; none where all were allowed before, which is not asked again."""
    for scope in scopes:
        page.get_by_label(scope, exact=True).check()
    if scopes:
        page.get_by_role("button", name="Grant access").click()
    expect(page.get_by_text("What do you wish for?")).to_be_visible()
    page.get_by_role("button", name="Continue").click()


def authorize(page: Page, minted: dict, person: Person, *scopes: str) -> None:
    """The whole way from the link to the provider and back."""
    page.goto(minted["connectUrl"])
    start_sign_in(page)
    sign_in_at_glewlwyd(page, person)
    allow_at_glewlwyd(page, *scopes)


def change_grant_at_glewlwyd(page: Page) -> None:
    """Asks for the scopes again, which somebody who allowed some of them is not asked by itself."""
    page.get_by_role("button", name="Manage").click()
    page.get_by_role("link", name="Grant").click()


def disconnect_at_glewlwyd(page: Page, glewlwyd: Glewlwyd, person: Person) -> None:
    """Takes back the access of every app."""
    page.goto(f"{glewlwyd.url}/login.html?scope=g_profile&callback_url={glewlwyd.url}")
    sign_in_at_glewlwyd(page, person)
    page.locator("#logoutDropdown").click()
    page.get_by_role("link", name="Disconnect all tokens").click()
