"""People who connect in a browser in every way there is, also where all goes wrong."""

from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

from embedding import EmbeddingApp, expect_result, press_connect
from landing import Landing
from playwright.sync_api import BrowserContext, Page, expect
from sentinel_app import Backend
from sentinel_provider import Provider
from sentinel_secrets import Secrets

SUBMIT = "main button.primary"


class Journeys:
    """Each leaves what came of it as an id of a connection in `made`."""

    def __init__(self, portal, backend: Backend, provider: Provider, secrets: Secrets, new_context):
        self.portal, self.backend, self.provider, self.secrets = portal, backend, provider, secrets
        self.made: list[str] = []
        self.landing = Landing()
        self.app = EmbeddingApp(portal.url)
        self.app.confirm = backend.confirm
        self._new_context = new_context

    def close(self) -> None:
        self.landing.stop()
        self.app.stop()

    def play(self) -> None:
        for integration in ("basic", "form", "signed"):
            self.popup(integration)
            self.redirect(integration)
            for endpoint in ("/authorize", "/token"):
                self.provider_repeats(integration, endpoint)
        self.account_repeats()
        self.confirmed_popup()
        self.confirmed_redirect()
        for method, fields in (("key", ["secret"]), ("password", ["password"]), ("form", ["token", "certificate"])):
            self.typed(method, fields)
        self.second_browser()
        self.made_up_requests()

    def page(self) -> Page:
        return self._new_context().new_page()

    def popup(self, integration: str) -> None:
        minted = self.backend.mint(integration, allowedOrigins=[self.app.url])
        page = self.page()
        self.app.open(page, connectUrl=minted["connectUrl"])
        press_connect(page).locator(SUBMIT).click()
        expect_result(page, minted)
        self.leave(page.context, minted)

    def redirect(self, integration: str) -> None:
        minted = self.backend.mint(integration, successRedirectUri=f"{self.landing.url}/done")
        page = self.page()
        page.goto(minted["connectUrl"])
        page.locator(SUBMIT).click()
        page.wait_for_url(f"{self.landing.url}/done**")
        self.leave(page.context, minted)

    def provider_repeats(self, integration: str, endpoint: str) -> None:
        """What it was sent, in its error; the person reads what went wrong, and tries again."""
        minted = self.backend.mint(integration)
        page = self.page()
        page.goto(minted["connectUrl"])
        self.provider.echoing = {endpoint}
        page.locator(SUBMIT).click()
        expect(page.get_by_role("alert")).to_be_visible()
        self.provider.echoing = set()
        page.locator(SUBMIT).click()
        self.expect_connected(page, minted)

    def account_repeats(self) -> None:
        """Nobody learns whose account it is then, and it is connected all the same."""
        minted = self.backend.mint("basic")
        page = self.page()
        page.goto(minted["connectUrl"])
        self.provider.echoing = {"/account"}
        page.locator(SUBMIT).click()
        self.expect_connected(page, minted)
        self.provider.echoing = set()

    def confirmed_popup(self) -> None:
        minted = self.backend.mint("basic", confirm="app", allowedOrigins=[self.app.url])
        page = self.page()
        self.app.open(page, connectUrl=minted["connectUrl"], confirms=True)
        press_connect(page).locator(SUBMIT).click()
        expect_result(page, minted)
        self.leave(page.context, minted)

    def confirmed_redirect(self) -> None:
        minted = self.backend.mint("basic", confirm="app", successRedirectUri=f"{self.landing.url}/done")
        page = self.page()
        page.goto(minted["connectUrl"])
        page.locator(SUBMIT).click()
        page.wait_for_url(f"{self.landing.url}/done**")
        [handle] = parse_qs(urlsplit(page.url).query)["confirmHandle"]
        self.backend.confirm(minted["sessionId"], handle)
        self.leave(page.context, minted)

    def typed(self, method: str, fields: list[str]) -> None:
        """First what the provider refuses, with all that it heard in its answer."""
        minted = self.backend.mint("typed", authMethodKey=method)
        page = self.page()
        page.goto(minted["connectUrl"])
        for is_accepted in (False, True):
            for field in ("username", "site"):
                if page.locator(f"#field-{field}").count():
                    page.locator(f"#field-{field}").fill("ada")
            for field in fields:
                secret = f"{field}/{token_urlsafe()}"
                self.secrets.add(f"typed {field}", secret)
                page.locator(f"#field-{field}").fill(secret)
                if is_accepted:
                    self.provider.accepted.add(secret)
            page.locator(SUBMIT).click()
            if not is_accepted:
                expect(page.get_by_role("alert")).to_be_visible()
        self.expect_connected(page, minted)

    def second_browser(self) -> None:
        minted = self.backend.mint("basic")
        first, second = self.page(), self.page()
        first.goto(minted["connectUrl"])
        first.locator(SUBMIT).click()
        expect(first.get_by_role("heading", level=1)).to_contain_text("connected")
        second.goto(minted["connectUrl"])
        expect(second.locator("main form")).to_have_count(0)
        second.context.close()
        self.leave(first.context, minted)

    def made_up_requests(self) -> None:
        """What somebody might send on purpose is no safer in a log."""
        page = self.page()
        names = ("code", "state", "token", "error_description", "access_token")
        made_up = {name: f"{name}-{token_urlsafe()}" for name in names}
        for name, value in made_up.items():
            self.secrets.add(f"made-up {name}", value)
        query = "&".join(f"{name}={value}" for name, value in made_up.items())
        for path in ("/connect", "/connect/portal", "/api/v1/connect/oauth-callback", "/nowhere"):
            page.goto(f"{self.portal.url}{path}?{query}")
        page.goto(f"{self.portal.url}/connect/{made_up['token']}")
        page.context.close()

    def expect_connected(self, page: Page, minted: dict) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text("onnected")
        self.leave(page.context, minted)

    def leave(self, context: BrowserContext, minted: dict) -> None:
        self.keep_cookies(context)
        context.close()
        self.made.append(self.backend.connection(minted))
        self.backend.call("POST", "/connect/session/poll", json={"token": minted["token"]})

    def keep_cookies(self, context: BrowserContext) -> None:
        """Those for a person's own page hold the token of their link."""
        values = (cookie["value"] for cookie in context.cookies(self.portal.url))
        self.secrets.add("cookie", *(value for value in values if not self.secrets.has("portal token", value)))
