"""After whole journeys no secret lies in the database, the log, a page or an address of the application."""

import json
from secrets import token_urlsafe

import httpx
from evidence import SECRET_NAMES, kept_by, occurrences, page_bodies, secrets_in
from playwright.sync_api import expect
from steps import decide_at_sandbox, sign_in_at_sandbox, start_sign_in


def test_no_secret_is_left_behind(portal, mint, new_context, landing, recordings):
    context = new_context()
    page = context.new_page()
    page.goto(mint(successRedirectUri=f"{landing.url}/done")["connectUrl"])
    start_sign_in(page)
    sign_in_at_sandbox(page, portal)
    tokens = {"access_token": token_urlsafe(), "refresh_token": token_urlsafe()}
    answer_next_token_request(portal, tokens)
    decide_at_sandbox(page, portal, "Allow")
    expect(page.get_by_role("heading", name="Back in the app")).to_be_visible()
    context.close()

    # The client secret goes in a header, which the sandbox does not log.
    secrets = secrets_in([requests_at_sandbox(portal), tokens, {"client_secret": portal.client_secret}])
    assert {name for name, values in secrets.items() if values} >= SECRET_NAMES
    places = kept_by(portal)
    assert b"ada@sandbox.example" in b"".join(places.values()), "the database was searched"
    places["the app's address"] = "\n".join(landing.paths).encode()
    for recording in recordings.glob("*.har"):
        for url, body in page_bodies(recording, portal.url):
            places[url] = places.get(url, b"") + body
    assert b"<h1>" in places[f"{portal.url}/connect"], "the pages were recorded"
    assert occurrences(secrets, places) == []


def answer_next_token_request(portal, tokens: dict[str, str]) -> None:
    """Lets the sandbox issue tokens that the test knows; the sandbox never shows the ones it makes itself."""
    answer = {**tokens, "token_type": "Bearer", "expires_in": 3600}
    fault = {
        "endpoint": "token",
        "times": 1,
        "failure": "response",
        "status": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(answer),
    }
    client = requests_at_sandbox(portal)[-1]["clientId"]
    patched = httpx.patch(f"{portal.sandbox_url}/control/clients/{client}", json={"faults": fault})
    assert patched.status_code == 200, patched.text


def requests_at_sandbox(portal) -> list[dict]:
    return httpx.get(f"{portal.sandbox_url}/control/requests").json()["requests"]
