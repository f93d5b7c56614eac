"""A person whose account opens several sites picks the one to connect; with one there is nothing to ask."""

import pytest
from boards import FEW, MANY, NOTHING, ONE, offer_boards
from clients import client_of
from embedding import EmbeddingApp, expect_result, press_connect
from playwright.sync_api import Page, expect
from stage import DEFINITIONS
from steps import decide_at_sandbox, expect_success_page, sign_in_at_sandbox, start_sign_in


@pytest.fixture(scope="module")
def portal(start_portal):
    return start_portal(PORTAL_INTEGRATIONS_DIR=str(DEFINITIONS))


@pytest.fixture(scope="module")
def client(portal):
    with client_of(portal) as client:
        app = {"integrationName": "boards", "clientId": "connect-portal-demo", "clientSecret": portal.client_secret}
        assert client.post("/oauth-apps", json=app).status_code == 201
        yield client


@pytest.fixture
def mint(client, portal):
    """Mints a connect token of the user; keywords are fields of the request."""

    def mint(user: str, **fields) -> dict:
        body = {
            "integrationName": "boards",
            "connectionName": "Boards",
            "externalId": f"{user}-boards",
            "endUserId": user,
            "workspaceId": portal.workspace_id,
        }
        answer = client.post("/connect/token", json=body | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return mint


def connected(client, user: str) -> list[dict]:
    found = client.get("/connections", params={"endUserId": user, "limit": "100"}).json()["connections"]
    return [connection for connection in found if connection["endUserId"] == user]


def consent(page: Page, portal) -> None:
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    decide_at_sandbox(page, portal, "Allow")


def ask(page: Page, portal, minted: dict, boards: dict[str, str]) -> None:
    """Up to the question which board."""
    offer_boards(portal, boards)
    page.goto(minted["connectUrl"])
    consent(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one do you want to connect?")


def offered(page: Page) -> list[str]:
    return page.locator(".choice:visible .strong").all_inner_texts()


def expect_acme_labs(client, user: str) -> None:
    (connection,) = connected(client, user)
    assert connection["account"]["label"] == "ada@sandbox.example · Acme Labs"
    credentials = client.get(f"/connections/{connection['id']}/credentials").json()["credentials"]
    assert credentials["data"] == {"boardId": "board-1", "boardUrl": "https://boards.example/board-1"}


def test_in_a_popup(portal, client, mint, new_context):
    app = EmbeddingApp(portal.url)
    try:
        minted = mint("popup", allowedOrigins=[app.url])
        offer_boards(portal, FEW)
        page = new_context().new_page()
        app.open(page, connectUrl=minted["connectUrl"])
        popup = press_connect(page)
        consent(popup, portal)
        expect(popup.locator(".choice")).to_have_count(len(FEW))
        assert connected(client, "popup") == [], "nothing is kept before the choice"
        popup.get_by_role("button", name="Acme Labs").click()
        expect_result(page, minted)
    finally:
        app.stop()
    expect_acme_labs(client, "popup")


def test_without_script(portal, client, mint, new_context):
    page = new_context("no-script").new_page()
    minted = mint("no-script")
    ask(page, portal, minted, FEW)
    assert offered(page) == list(FEW.values()), "in the provider's order"
    page.reload()
    assert offered(page) == list(FEW.values())
    page.get_by_role("button", name="Acme Labs").click()
    expect_success_page(page, portal)
    expect_acme_labs(client, "no-script")
    # The choice is made; a second look shows what came of it.
    page.go_back()
    page.reload()
    expect_success_page(page, portal)
    events = client.get(f"/connect/session/{minted['sessionId']}").json()["session"]["events"]
    assert {event["type"]: event["detail"] for event in events}["choice_awaited"] == {"choices": len(FEW)}


def test_same_site_again(portal, client, mint, new_context):
    """Whoever reconnects means the one that is connected."""
    page = new_context().new_page()
    ask(page, portal, mint("again"), FEW)
    page.get_by_role("button", name="Acme Labs").click()
    expect_success_page(page, portal)
    page.goto(mint("again")["connectUrl"])
    start_sign_in(page)
    decide_at_sandbox(page, portal, "Allow")
    expect_success_page(page, portal)
    expect_acme_labs(client, "again")


def test_many(portal, client, mint, new_context):
    """Sorted as people count, searched while they type; those of one name are told apart."""
    page = new_context("phone").new_page()
    ask(page, portal, mint("many"), MANY)
    everything = offered(page)
    assert everything.index("Team 2") < everything.index("Team 10") < everything.index("لوحة الفريق")
    line = page.locator(".find").get_by_role("status")
    search = page.get_by_label("Search")
    search.fill("TÉAM 1")
    expect(line).to_have_text("Found: 11")
    search.fill("nowhere")
    expect(line).to_have_text("Nothing is called that.")
    search.fill("marketing")
    expect(line).to_have_text("Found: 2")
    second = "7d9f0c1e-4f5a-4a53-9c7b-2b8f3a1d6e02"
    expect(page.locator(".choice:visible .hint")).to_contain_text([second.replace("e02", "e01"), second])
    search.press("Enter")
    assert offered(page) == ["Marketing"] * 2, "Enter picks nothing"
    page.get_by_role("button", name=second).click()
    expect_success_page(page, portal)
    (connection,) = connected(client, "many")
    assert connection["account"]["label"] == "ada@sandbox.example · Marketing"


def test_many_without_script(portal, mint, new_context):
    page = new_context("no-script").new_page()
    ask(page, portal, mint("many-no-script"), MANY)
    assert len(offered(page)) == len(MANY)
    expect(page.get_by_label("Search")).to_have_count(1)
    expect(page.get_by_label("Search")).to_be_hidden()


def test_nothing_to_pick(portal, client, mint, new_context):
    """The link stays good for the time when there is something; if that is one site, nobody is asked."""
    page = new_context().new_page()
    minted = mint("nothing")
    offer_boards(portal, NOTHING)
    page.goto(minted["connectUrl"])
    consent(page, portal)
    expect(page.get_by_role("alert")).to_contain_text("Nothing to connect")
    offer_boards(portal, ONE)
    start_sign_in(page)
    decide_at_sandbox(page, portal, "Allow")
    expect_success_page(page, portal)
    expect_acme_labs(client, "nothing")


def test_cancel(portal, client, mint, new_context):
    page = new_context().new_page()
    ask(page, portal, mint("cancelling"), FEW)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was connected")
    assert connected(client, "cancelling") == []


def test_made_up_site(portal, client, mint, new_context):
    """One that the provider did not list is no choice: the question stays."""
    page = new_context().new_page()
    ask(page, portal, mint("made-up"), FEW)
    page.locator(".choice").first.evaluate("button => { button.value = 'board-99'; }")
    page.locator(".choice").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one do you want to connect?")
    assert connected(client, "made-up") == []
