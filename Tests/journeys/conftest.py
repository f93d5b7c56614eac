"""One portal for each storage engine and the whole run, one browser context for each test."""

import os
import shutil
from contextlib import ExitStack
from itertools import count
from uuid import uuid4

import httpx
import pytest
from clients import client_of
from contents import fill
from embedding import EmbeddingApp
from glewlwyd import running_glewlwyd
from grants import API_KEY_GRANT
from landing import Landing
from playwright.sync_api import sync_playwright
from portal import BINARY, SHORTEST_LIFETIME, running_portal
from postgresql import running_postgresql
from stage import running_stage
from two_portals import running_two_portals
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


@pytest.fixture(scope="session", autouse=True)
def binary():
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is missing: build it, or name another with CONNECT_PORTAL_BIN", returncode=1)


@pytest.fixture(scope="session")
def postgresql():
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_storage(request):
    """Makes the settings of a new, empty database; whatever needs this runs once for each engine."""
    # A file in the portal's own directory needs no settings.
    return dict if request.param == "sqlite" else request.getfixturevalue("postgresql").settings


@pytest.fixture(scope="session")
def portal(new_storage, tmp_path_factory):
    with running_portal(tmp_path_factory.mktemp("portal"), **new_storage()) as portal:
        yield portal


@pytest.fixture(scope="module")
def start_sqlite_portal(tmp_path_factory):
    """Starts one more portal, with settings by name."""
    with ExitStack() as running:
        yield lambda **settings: running.enter_context(running_portal(tmp_path_factory.mktemp("portal"), **settings))


@pytest.fixture(scope="module")
def start_portal(start_sqlite_portal, new_storage):
    """The same on each engine."""
    return lambda **settings: start_sqlite_portal(**new_storage(), **settings)


@pytest.fixture(scope="session")
def two_portals(postgresql, tmp_path_factory):
    with running_two_portals(tmp_path_factory.mktemp, postgresql.settings()) as two_portals:
        yield two_portals


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """A portal on which every state of the pages can be played."""
    with running_stage(tmp_path_factory.mktemp) as stage:
        yield stage


@pytest.fixture
def filled(start_sqlite_portal):
    """A running portal on SQLite with something of everything."""
    portal = start_sqlite_portal()
    with client_of(portal) as client:
        fill(portal, client)
    return portal


@pytest.fixture(scope="session", params=["http", "https"])
def glewlwyd(request, tmp_path_factory):
    """A real OpenID provider, at a plain address and behind TLS."""
    with running_glewlwyd(tmp_path_factory.mktemp, request.param) as glewlwyd:
        yield glewlwyd


@pytest.fixture
def person(glewlwyd):
    """Somebody who never was at the provider before."""
    return glewlwyd.new_person()


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
    """Opens a browser context for one of the SCREENS, with Playwright's options; `close` writes its recording.

    No page may do what a content security policy forbids, be it the portal's, the provider's or the app's.
    """
    contexts = []
    violations = []

    def listen(message):
        if "Content Security Policy" in message.text:
            violations.append(message.text)

    def open_context(screen="desktop", **options):
        context = browser.new_context(
            **SCREENS[screen], **options, record_har_path=recordings / f"{uuid4()}.har", record_har_content="embed"
        )
        context.set_default_timeout(10_000)
        context.add_init_script(REMEMBER_MESSAGES)
        context.on("console", listen)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert violations == []


@pytest.fixture
def new_page(new_context):
    """Opens a page in a context of its own, in a browser that has been told to trust the provider."""
    return lambda screen="desktop": new_context(screen, ignore_https_errors=True).new_page()


@pytest.fixture
def landing():
    landing = Landing()
    yield landing
    landing.stop()


@pytest.fixture
def app(portal):
    """A page of an app, on an origin of its own, that embeds `connect.js`."""
    app = EmbeddingApp(portal.url)
    yield app
    app.stop()


@pytest.fixture(scope="session")
def api(portal):
    with httpx.Client(base_url=portal.url, headers={"Authorization": f"Bearer {portal.api_key}"}) as client:
        yield client


@pytest.fixture(scope="session")
def weavz(portal):
    """The official client, unchanged."""
    return WeavzClient(api_key=portal.api_key, base_url=portal.url)


@pytest.fixture
def workspace(weavz):
    """A workspace of the test's own."""
    return weavz.workspaces.create(name="Journey", slug=f"journey-{uuid4()}")["workspace"]


@pytest.fixture
def connect(weavz):
    """Keeps an API key as a connection; keywords are arguments of `connections.create`."""

    def connect(external_id="main", **arguments):
        grant = API_KEY_GRANT | {"external_id": external_id, "display_name": external_id.title()}
        return weavz.connections.create(**grant | arguments)["connection"]

    return connect


@pytest.fixture
def limited_client(weavz, portal):
    """A client whose key is limited to the given workspaces."""

    def client(*workspace_ids):
        made = weavz.api_keys.create(name="Limited", scope="workspace", workspace_ids=list(workspace_ids))
        return WeavzClient(made["plainKey"], base_url=portal.url)

    return client


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


@pytest.fixture(scope="session")
def short_lived_link(mint):
    """Minted before the first test, so that it has expired, or nearly so, when its own test comes."""
    return mint(expiresIn=SHORTEST_LIFETIME, errorRedirectUri="https://app.example/settings?tab=2")["connectUrl"]
