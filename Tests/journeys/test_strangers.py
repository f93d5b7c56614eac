"""Who holds no connect token, or another one, learns nothing about a session."""

import base64
import json

import httpx
from clients import client_of
from refusals import expect_refusal

STRANGE_ORIGINS = [
    *("https://evil.example", "https://app.example.evil.example", "https://APP.example", "https://app.example:443"),
    *("http://app.example", "https://app.example/", "https://app.example.", "null", "*"),
]


def decoded(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def encoded(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def strange_tokens(stage) -> dict[str, str]:
    """What somebody may hold or make who was given no connect token, or another one."""
    mine, other = stage.mint()["token"], stage.mint()["token"]
    header, payload, signature = mine.removeprefix("cst_").split(".")
    _, other_payload, _ = other.removeprefix("cst_").split(".")
    with client_of(stage.portal) as client:
        user = stage.weavz.end_users.create(workspace_id=stage.portal.workspace_id, external_id=f"user {other[-9:]}")
        link = client.post(f"/end-users/{user['endUser']['id']}/connect-token", json={}).json()["token"]
    with client_of(stage.crowded) as client:
        body = {"integrationName": "sandbox", "connectionName": "a", "externalId": "a"}
        foreign = client.post("/connect/token", json=body | {"workspaceId": stage.crowded.workspace_id}).json()["token"]
    with httpx.Client() as person:
        person.get(f"{stage.portal.url}/connect", params={"token": mine})
        [ticket] = person.cookies.values()
    return {
        "an API key": stage.portal.api_key,
        "a link to the person's page": link,
        "that link as a connect token": f"cst_{link.partition('_')[2]}",
        "of another portal": foreign,
        "the payload of another session": f"cst_{header}.{other_payload}.{signature}",
        "no signature": f"cst_{header}.{payload}.",
        "an algorithm of none": f"cst_{encoded(decoded(header) | {'alg': 'none'})}.{payload}.",
        "an unknown key": f"cst_{encoded(decoded(header) | {'kid': '../../dev/null'})}.{payload}.{signature}",
        "another audience": f"cst_{header}.{encoded(decoded(payload) | {'aud': 'portal'})}.{signature}",
        "a longer life": f"cst_{header}.{encoded(decoded(payload) | {'exp': 4102444800})}.{signature}",
        "without its prefix": mine.removeprefix("cst_"),
        "another prefix": f"eut_{mine.removeprefix('cst_')}",
        "twice": f"{mine},{other}",
        "with space around": f" {mine}\n",
        "the ticket of a browser": ticket,
        "the id of a session": decoded(payload)["jti"],
    }


def test_strangers_learn_nothing(stage):
    for kind, token in strange_tokens(stage).items():
        asked = {
            "poll": httpx.post(f"{stage.portal.url}/api/v1/connect/session/poll", json={"token": token}),
            "events": httpx.get(f"{stage.portal.url}/api/v1/connect/session/events", params={"token": token}),
        }
        for answer in asked.values():
            assert answer.status_code == 401, f"{kind}: {answer.text}"
            expect_refusal(answer, 401, "INVALID_TOKEN")
        page = httpx.get(f"{stage.portal.url}/connect", params={"token": token})
        assert page.status_code in {401, 410}, kind


def test_another_site_may_not_read(stage):
    token = stage.mint(allowedOrigins=["https://app.example"])["token"]
    address = f"{stage.portal.url}/api/v1/connect/session/poll"
    for origin in STRANGE_ORIGINS:
        answer = httpx.post(address, json={"token": token}, headers={"Origin": origin})
        assert "access-control-allow-origin" not in answer.headers, origin
    answer = httpx.post(address, json={"token": token}, headers={"Origin": "https://app.example"})
    assert answer.headers["access-control-allow-origin"] == "https://app.example"
