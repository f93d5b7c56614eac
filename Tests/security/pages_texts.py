"""Texts that somebody wrote to break a page, in the places where the journeys do not put them.

Names that a provider lists, the label of another account, the branding of a workspace, and addresses of no page.
"""

import json
from contextlib import AbstractContextManager
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx
from boards import FEW, offer_boards
from clients import client_of
from connect_states import which_site
from ending_states import connected
from hostile import ADDRESSES, INVISIBLE, TEXTS
from playwright.sync_api import Page, expect
from stage import Stage
from state_table import PRIMARY
from test_hostile_input import STRANGE, answering


class HostileTexts:
    """Plays each on a page of its own context, which `context_of` makes; whatever happens there lands in `problems`."""

    def __init__(self, stage: Stage, context_of, problems: list[str]):
        self._stage, self._context_of, self._problems = stage, context_of, problems
        self.played = 0

    def play(self) -> None:
        self._sites()
        self._other_accounts()
        self._branding()
        self._nowhere()
        self._problems += self._branding_addresses()

    def _sites(self) -> None:
        boards = {f"board-{number}": text for number, text in enumerate(TEXTS)}
        for named in (boards, {f"board-{number}": f"{text}{''.join(INVISIBLE)}" for number, text in enumerate(TEXTS)}):
            with self._page("sites") as context:
                page = context.new_page()
                which_site(page, self._stage, named)
                self._expect_nothing_strange(page, "sites")
                page.locator("button.choice").first.click()
                expect(page.locator(".mark.success")).to_be_visible()
                self._expect_nothing_strange(page, "a chosen site")
        offer_boards(self._stage.portal, FEW)

    def _other_accounts(self) -> None:
        for text in TEXTS:
            whose = {"externalId": str(uuid4()), "endUserId": "hostile"}
            with self._page(f"another account, {text!a}") as context:
                page = context.new_page()
                connected(page, self._stage, **whose)
                page.context.clear_cookies()
                body = json.dumps({"sub": f"other-{uuid4()}", "email": text})
                with answering("userinfo", self._stage, body):
                    self._stage.open(page, **whose)
                    page.locator(PRIMARY).click()
                    expect(page.locator("button.choice").first).to_be_visible()
                self._expect_nothing_strange(page, f"another account, {text!a}")

    def _branding(self) -> None:
        with client_of(self._stage.portal) as client:
            made = client.post("/workspaces", json={"name": "Hostile", "slug": f"hostile-{uuid4()}"}).json()
            workspace = made["workspace"]["id"]
            for text in TEXTS:
                body = {"name": text[:80] or "a", "branding": {"appName": text[:80]}}
                if client.patch(f"/workspaces/{workspace}", json=body).status_code != 200:
                    continue
                with self._page(f"branding, {text!a}") as context:
                    page = context.new_page()
                    self._stage.open(page, workspaceId=workspace)
                    self._expect_nothing_strange(page, f"branding, {text!a}")

    def _nowhere(self) -> None:
        """Addresses that lead to no page, and languages that nobody speaks."""
        for text in TEXTS:
            with self._page(f"nowhere, {text!a}") as context:
                page = context.new_page()
                page.set_extra_http_headers({"Accept-Language": quote(text, safe="<>\"'=() ")[:200]})
                for path in ("", "connect/", "connect?token=", "connect/portal?token="):
                    page.goto(f"{self._stage.portal.url}/{path}{quote(text, safe='')}#{quote(text, safe='')}")
                    self._expect_nothing_strange(page, f"nowhere, {path}{text!a}")
                # This one has more than `main`; its script reads the address.
                page.goto(f"{self._stage.portal.url}/docs?q={quote(text, safe='')}#{quote(text, safe='')}")

    def _branding_addresses(self) -> list[str]:
        """Where a link could lead that a workspace gives its pages: only https, and mail for support."""
        problems = []
        with client_of(self._stage.portal) as client:
            made = client.post("/workspaces", json={"name": "Links", "slug": f"links-{uuid4()}"}).json()["workspace"]
            for member in ("supportUrl", "termsUrl", "privacyUrl"):
                for address in ADDRESSES:
                    answer = client.patch(f"/workspaces/{made['id']}", json={"branding": {member: address}})
                    self.played += 1
                    if answer.status_code == 200:
                        problems += self._bad_link(answer, member, address)
        return problems

    @staticmethod
    def _bad_link(answer: httpx.Response, member: str, address: str) -> list[str]:
        kept = answer.json()["workspace"]["branding"][member]
        allowed = {"https", "mailto"} if member == "supportUrl" else {"https"}
        is_good = urlsplit(kept).scheme in allowed and "@" not in urlsplit(kept).netloc
        return [] if is_good else [f"{member} takes {address!a}"]

    def _page(self, name: str) -> AbstractContextManager:
        self.played += 1
        return self._context_of(self._problems, name)

    def _expect_nothing_strange(self, page: Page, name: str) -> None:
        strange = page.locator(STRANGE).count()
        if strange:
            self._problems.append(f"{name}: {strange} elements that somebody's text made")
