"""Whether every page, in every state, in a real browser, runs only our own script, and knows its opener where it must.

A page on the way through the popup must not cut itself off from the page that opened it (an opener policy of
`same-origin` or `same-origin-allow-popups`); every other page must.
"""

import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Response, sync_playwright
from stage import Stage, running_stage
from states import STATES

from folders import made
from pages_headers import header_problems, policy_faults
from pages_openers import opener_problems
from pages_texts import HostileTexts

WATCH = """
    addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
        console.error(`violation: ${violatedDirective} ${blockedURI}`));
"""
# What would need `unsafe-inline`; data in a script element that is none is fine.
INLINE = """() => [...document.querySelectorAll("*")].flatMap((element) => [
    element.matches("style, script:not([src]):not([type='application/json'])") ? element.tagName : [],
    element.getAttributeNames().filter((name) => name === "style" || name.startsWith("on")),
]).flat()"""


def main(directory: Path) -> list[str]:
    def new_directory(name: str) -> Path:
        number = len(list(directory.iterdir()))
        return made(directory / f"{name}-{number}")

    with running_stage(new_directory) as stage, running_browser() as browser:
        problems, documents = [], 0
        for name, lead in STATES.items():
            found, seen = state_problems(name, lead, stage, browser)
            problems += found
            documents += seen
        texts = HostileTexts(stage, partial(context_of, browser), problems)
        texts.play()
        openers, chains = opener_problems(stage, browser)
        headers, answers = header_problems(stage)
    problems += openers + headers
    for problem in dict.fromkeys(problems):
        print(problem)
    print(
        f"{len(STATES)} states of pages with {documents} documents, {answers} answers by hand, {chains} openers, "
        f"{texts.played} hostile texts; "
        f"{len(dict.fromkeys(problems))} problems"
    )
    return problems


def state_problems(name: str, lead, stage: Stage, browser) -> tuple[list[str], int]:
    problems: list[str] = []
    documents: list[Response] = []
    with context_of(browser, problems, name) as context:
        page = context.new_page()
        page.on("response", lambda response: documents.append(response) if is_document(response, stage) else None)
        try:
            lead(page, stage)
        except Exception as error:
            return [f"{name}: {error}"], 0
        inline = page.evaluate(INLINE)
        problems += [f"{name}: inline {part}" for part in inline] if is_ours(page, stage) else []
        for document in documents:
            path = document.url.partition("?")[0]
            problems += [f"{path}: {fault}" for fault in policy_faults(document.url, document.headers)]
    return problems, len(documents)


@contextmanager
def context_of(browser, problems: list[str], name: str):
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800}, ignore_https_errors=True)
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH)

    def listen(message) -> None:
        if "violation: " in message.text or "Content Security Policy" in message.text:
            problems.append(f"{name}: {message.text}")

    context.on("console", listen)
    context.on("weberror", lambda error: problems.append(f"{name}: {error.error}"))
    context.on("dialog", lambda dialog: (problems.append(f"{name}: {dialog.message}"), dialog.dismiss()))
    try:
        yield context
    finally:
        context.close()


def is_document(response: Response, stage: Stage) -> bool:
    ours = (stage.portal.url, stage.crowded.url)
    return response.request.resource_type == "document" and response.url.startswith(ours) and response.status != 303


def is_ours(page: Page, stage: Stage) -> bool:
    return page.url.startswith((stage.portal.url, stage.crowded.url))


@contextmanager
def running_browser():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
