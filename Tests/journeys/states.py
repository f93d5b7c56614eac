"""Every page that a person can meet, in every state: `STATES` has its name and what leads a browser there.

To add one, write a function that takes a page and a stage, and put `@state` with a name over it.
"""

import connect_states
import ending_states
import portal_states
from playwright.sync_api import Page, expect
from stage import Stage
from state_table import STATES, state

__all__ = ["STATES", "connect_states", "ending_states", "portal_states"]


@state("API reference")
def reference(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.portal.url}/docs")
    expect(page.locator(".operation").first).to_be_visible()
