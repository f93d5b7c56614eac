"""Draws every state of the pages, on a phone and a desktop, light and dark, and some in each language.

CONNECT_PORTAL_BIN=BINARY python Tests/screenshots.py
"""

import os
import re
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "Tests/journeys"))

from stage import Stage, running_stage  # noqa: E402
from states import STATES  # noqa: E402

FOLDER = REPOSITORY / ".run/screenshots"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
SCHEMES = ["light", "dark"]
LANGUAGES = sorted(file.stem for file in (REPOSITORY / "Templates/languages").glob("*.json"))
IN_EACH_LANGUAGE = ["connect", "connected, permissions left out", "portal, connected"]
TALLEST = 2000
SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every state of the pages</title>
<style>
    :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
    body { margin: 2rem; background: light-dark(#e8e9ed, #1c1d21); }
    h2 { margin: 2.5rem 0 0.75rem; font-size: 1rem; }
    div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
    img { block-size: 420px; box-shadow: 0 1px 8px rgb(0 0 0 / 25%); }
</style>
<h1>Every state of the pages</h1>
"""


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("no Chromium found: run Tests/install, or name one with CHROMIUM")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:

        def new_directory(name: str) -> Path:
            path = Path(directory, name)
            path.mkdir()
            return path

        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with running_stage(new_directory) as stage:
            drawn = {state: draw(browser, stage, state) for state in STATES}
            for state in IN_EACH_LANGUAGE:
                drawn[f"{state}, in each language"] = [
                    picture for language in LANGUAGES for picture in draw(browser, stage, state, language)
                ]
        browser.close()
    write_sheet(drawn)
    print(FOLDER)


def draw(browser: Browser, stage: Stage, state: str, language: str | None = None) -> list[Path]:
    """All pictures of one state; in a language of its own just the phone's."""
    context = browser.new_context(locale=language or "en", reduced_motion="reduce", device_scale_factor=1)
    page = context.new_page()
    STATES[state](page, stage)
    pictures = []
    for size in ["phone"] if language else SIZES:
        page.set_viewport_size(SIZES[size])
        for scheme in ["light"] if language else SCHEMES:
            page.emulate_media(color_scheme=scheme)
            name = " ".join(filter(None, [state, language, size, scheme]))
            pictures.append(FOLDER / (re.sub(r"\W+", "-", name) + ".png"))
            take(page, pictures[-1])
    context.close()
    return pictures


def take(page: Page, picture: Path) -> None:
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    area = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    page.screenshot(path=picture, full_page=True, clip=area, animations="disabled")


def write_sheet(drawn: dict[str, list[Path]]) -> None:
    sheet = SHEET
    for state, pictures in drawn.items():
        images = "".join(
            f'<a href="{picture.name}"><img src="{picture.name}" alt="{picture.stem}" loading="lazy"></a>'
            for picture in pictures
        )
        sheet += f"<h2>{escape(state)}</h2>\n<div>{images}</div>\n"
    (FOLDER / "index.html").write_text(sheet)


if __name__ == "__main__":
    main()
