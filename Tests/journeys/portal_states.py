"""The person's own page in each of its states."""

import sqlite3
from contextlib import closing

from playwright.sync_api import Page, expect
from stage import Stage
from state_table import LONG, LONG_NAMES, state


@state("portal, nothing offered")
def nothing_offered(page: Page, stage: Stage) -> None:
    stage.open_portal_page(page, [])


@state("portal, offered")
def offered(page: Page, stage: Stage) -> None:
    stage.open_portal_page(page, ["sandbox", "mailbox", "smtp"])


@state("portal, connected")
def portal_connected(page: Page, stage: Stage) -> dict:
    return stage.open_portal_page(page, ["sandbox", "mailbox"], ["Work", "Home"])


@state("portal, long names")
def portal_long_names(page: Page, stage: Stage) -> None:
    stage.open_portal_page(page, ["sandbox"], [LONG, LONG_NAMES["connectionName"]], display_name=LONG)


@state("portal, needs attention")
def needs_attention(page: Page, stage: Stage) -> None:
    user = portal_connected(page, stage)
    # Nothing leads there before a connection is used again, so the row is changed by hand.
    connection = stage.weavz.end_users.get(user["id"])["connections"][0]["id"]
    with closing(sqlite3.connect(stage.portal.directory / "portal.sqlite")) as database, database:
        database.execute("UPDATE connection SET status = 'ERROR' WHERE id = ?", (connection,))
    page.reload()
    expect(page.locator(".attention")).to_be_visible()


@state("portal, many to search")
def searchable(page: Page, stage: Stage) -> None:
    names = ["sandbox", "every-input", "mailbox", "smtp", "openai", "stripe", "sendgrid", "freshsales"]
    stage.open_portal_page(page, names)


@state("portal, nothing found")
def nothing_found(page: Page, stage: Stage) -> None:
    searchable(page, stage)
    page.locator("#search").fill("Nowhere")
    page.locator("#search").press("Enter")
    expect(page.locator(".app:visible")).to_have_count(0)
    expect(page.locator(".none")).to_be_hidden()


@state("portal, the whole catalog")
def whole_catalog(page: Page, stage: Stage) -> None:
    page.goto(stage.catalog_link)
    expect(page.locator(".app").first).to_be_visible()


@state("portal, found in the catalog")
def found_in_catalog(page: Page, stage: Stage) -> None:
    whole_catalog(page, stage)
    page.locator("#search").fill("mail")
    page.locator("#search").press("Enter")
    expect(page.locator(".hits .app").first).to_contain_text("Mail")


@state("portal, found among connections alone")
def found_connected(page: Page, stage: Stage) -> None:
    whole_catalog(page, stage)
    page.locator("#search").fill("openai ada")
    page.locator("#search").press("Enter")
    expect(page.locator(".entry:visible")).to_have_count(1)


@state("portal, nothing found in the catalog")
def nothing_in_catalog(page: Page, stage: Stage) -> None:
    whole_catalog(page, stage)
    page.locator("#search").fill("Nowhere")
    page.locator("#search").press("Enter")
    expect(page.locator(":is(.entry, .app):visible")).to_have_count(0)
    expect(page.locator(".available")).to_be_hidden()


@state("portal, nothing found in a category")
def nothing_in_category(page: Page, stage: Stage) -> None:
    one_category(page, stage)
    page.locator("#search").fill("OpenRouter")
    page.locator("#search").press("Enter")
    expect(page.locator(".app:visible")).to_have_count(0)
    expect(page.locator(".categories")).to_be_visible()


@state("portal, a category of the catalog")
def one_category(page: Page, stage: Stage) -> None:
    whole_catalog(page, stage)
    page.locator(".categories [data-category=COMMERCE]").click()
    expect(page.locator(".hits .app").first).to_be_visible()


@state("portal, renaming")
def renaming(page: Page, stage: Stage) -> None:
    portal_connected(page, stage)
    page.locator("details:has(.rename) summary").first.click()
    expect(page.locator(".rename input[name=name]").first).to_be_visible()


@state("portal, not renamed")
def not_renamed(page: Page, stage: Stage) -> None:
    renaming(page, stage)
    page.locator(".rename input[name=name]").first.fill("\u202e")
    page.locator(".rename button").first.click()
    expect(page.locator(".notice")).to_be_visible()


@state("portal, disconnecting")
def disconnecting(page: Page, stage: Stage) -> None:
    portal_connected(page, stage)
    page.locator("details:has(.danger) summary").first.click()
    expect(page.locator(".danger").first).to_be_visible()


@state("portal, disconnected")
def disconnected(page: Page, stage: Stage) -> None:
    disconnecting(page, stage)
    page.locator(".danger").first.click()
    expect(page.locator(".notice.good")).to_be_visible()
