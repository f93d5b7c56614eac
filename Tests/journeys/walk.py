"""The way through the provider without a browser: it consents by itself, and this follows the redirects."""

from contextlib import contextmanager

import httpx

CALLBACK = "/api/v1/connect/oauth-callback"


@contextmanager
def consenting_provider(sandbox_url: str, **faults):
    """Signs in Ada and consents without asking, with faults of the token endpoint if any are named."""
    switch(sandbox_url, quirks={"automaticUser": "ada"}, faults={"endpoint": "token", **faults})
    yield
    switch(sandbox_url, quirks={"automaticUser": ""}, faults={"times": 0})


def switch(sandbox_url: str, **switches: dict) -> None:
    answer = httpx.patch(f"{sandbox_url}/control/clients/connect-portal-demo", json=switches)
    assert answer.status_code == 200, answer.text


def token_requests(sandbox_url: str) -> int:
    """How many access token requests the provider saw."""
    return httpx.get(f"{sandbox_url}/control/requests", params={"endpoint": "token"}).json()["total"]


def callback_address(browser: httpx.Client, minted: dict) -> str:
    """Opens the link and signs in at the provider; the address to which it then sends the browser."""
    page = browser.get(minted["connectUrl"], follow_redirects=True)
    assert page.status_code == 200, page.text
    origin = minted["connectUrl"].partition("/connect?")[0]
    form = {"method": "oauth2", "display": "page"}
    answer = browser.post(f"{origin}/connect/{minted['sessionId']}", data=form, headers={"Origin": origin})
    while answer.next_request and answer.next_request.url.path != CALLBACK:
        answer = browser.send(answer.next_request)
    assert answer.next_request, f"{answer.status_code} {answer.text}"
    return str(answer.next_request.url)
