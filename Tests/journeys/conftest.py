"""One portal for the whole run, one browser context for each test."""

import os
import shutil
from itertools import count
from uuid import uuid4

import httpx
import pytest
from landing import Landing
from playwright.sync_api import sync_playwright
from portal import BINARY, SHORTEST_LIFETIME, Portal
from weavz_sdk import WeavzClient

SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 3,
        "is_mobile": True,
        "has_touch": True,
    },
    "no-script": {"viewport": {"width": 1280, "height": 800}, "java_script_enabled": False},
}
REMEMBER_MESSAGES = """
    window.receivedMessages = [];
    window.addEventListener("message", ({origin, data}) => window.receivedMessages.push({origin, data}));
"""


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is missing: build it, or name another with CONNECT_PORTAL_BIN", returncode=1)
    portal = Portal(tmp_path_factory.mktemp("portal"))
    try:
        portal.wait_until_ready()
        yield portal
    finally:
        exit_code = portal.stop()
    assert exit_code == 0, f"exit code {exit_code} after SIGTERM; the log says:\n{portal.log}"


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.exit("no Chromium found: run Tests/install, or name one with CHROMIUM", returncode=1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def recordings(tmp_path_factory):
    """Where the contexts leave a HAR file of everything they loaded."""
    return tmp_path_factory.mktemp("recordings")


@pytest.fixture
def new_context(browser, recordings):
    """Opens a browser context for one of the SCREENS; `close` writes its recording."""
    contexts = []

    def open_context(screen="desktop"):
        context = browser.new_context(
            **SCREENS[screen], record_har_path=recordings / f"{uuid4()}.har", record_har_content="embed"
        )
        context.set_default_timeout(10_000)
        context.add_init_script(REMEMBER_MESSAGES)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def landing():
    landing = Landing()
    yield landing
    landing.stop()


@pytest.fixture(scope="session")
def api(portal):
    with httpx.Client(base_url=portal.url, headers={"Authorization": f"Bearer {portal.api_key}"}) as client:
        yield client


@pytest.fixture(scope="session")
def weavz(portal):
    """The official client, unchanged."""
    return WeavzClient(api_key=portal.api_key, base_url=portal.url)


@pytest.fixture(scope="session")
def mint(api, portal):
    """Mints a connect token for a new user of the sandbox integration; keywords are fields of the request."""
    numbers = count(1)

    def mint(**fields):
        number = next(numbers)
        body = {
            "integrationName": "sandbox",
            "authMethodKey": "oauth2",
            "connectionName": f"Journey {number}",
            "externalId": f"journey-{number}",
            "endUserId": f"user-{number}",
            "workspaceId": portal.workspace_id,
        }
        answer = api.post("/api/v1/connect/token", json=body | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return mint


@pytest.fixture(scope="session", autouse=True)
def short_lived_link(mint):
    """Minted before the first test, so that it has expired, or nearly so, when its own test comes."""
    return mint(expiresIn=SHORTEST_LIFETIME)["connectUrl"]
