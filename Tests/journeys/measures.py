"""What a browser can tell about the page it shows: each function returns what is wrong, in words."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from portal import REPOSITORY

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WORDS = json.loads((REPOSITORY / "Templates/languages/en.json").read_text())
# Keys that no sentence contains by chance.
KEYS = [key for key in WORDS if not key.islower() or "." in key]

# Of the reference's many operations, which are made alike, the first of each chapter.
RUN_AXE = """async (rules) => {
    const places = {exclude: [".operation ~ .operation"]};
    const {violations} = await axe.run(places, {runOnly: rules, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(
        ({target, failureSummary}) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}"""
# What scrolls in itself may be as wide as it likes.
FIND_OVERFLOW = """() => {
    const shown = (element) => {
        const {width, height} = element.getBoundingClientRect();
        return width && height && element.checkVisibility() && !element.closest(".unseen, .skip, .hidden");
    };
    const name = (element) => `${element.localName}.${element.className} “${element.textContent.trim().slice(0, 40)}”`;
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const insideScroller = (element) => {
        for (let one = element.parentElement; one; one = one.parentElement) if (scrolls(one)) return true;
        return false;
    };
    const elements = [...document.body.querySelectorAll("*")].filter(shown);
    const outside = elements.filter((element) => {
        const {left, right} = element.getBoundingClientRect();
        return (left < -0.5 || right > innerWidth + 0.5) && !insideScroller(element);
    });
    const cut = elements.filter((element) => element.scrollWidth > element.clientWidth + 1
        && ["hidden", "clip"].includes(getComputedStyle(element).overflowX) && !element.matches("input, select"));
    const wide = document.scrollingElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    return [...wide, ...outside.map((one) => `outside: ${name(one)}`), ...cut.map((one) => `cut: ${name(one)}`)];
}"""
# Links inside a sentence may be as high as its lines (WCAG 2.2, 2.5.8); a label belongs to its control.
FIND_SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.matches(".skip, .unseen"))
    .filter((element) => getComputedStyle(element).display !== "inline" || !element.closest("p, dd, li, h2, h3, dt"))
    .map((element) => [element, element.getBoundingClientRect(), element.labels?.[0]?.getBoundingClientRect()])
    .filter(([element, {width, height}, label]) =>
        Math.max(width, label?.width ?? 0) < 24 || Math.max(height, label?.height ?? 0) < 24)
    .map(([element, {width, height}]) => `${element.outerHTML.slice(0, 80)} is ${width} by ${height}`)"""


def axe_faults(page: Page) -> list[str]:
    """Evaluated as a debugger would, so the page's content security policy stays in force."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN_AXE, RULES)


def overflow(page: Page) -> list[str]:
    return page.evaluate(FIND_OVERFLOW)


def small_targets(page: Page) -> list[str]:
    return page.evaluate(FIND_SMALL_TARGETS)


def missing_words(page: Page) -> list[str]:
    """Keys and placeholders that stand where words should."""
    text = page.locator("body").inner_text() + page.title()
    return [part for part in [*KEYS, "{", "}", "undefined"] if part in text]


def animations(page: Page) -> int:
    return page.evaluate("document.getAnimations().length")
