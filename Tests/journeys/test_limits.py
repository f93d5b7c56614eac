"""Limits on how often, how many and how much; and repeats that double nothing."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest
from clients import client_of
from creations import creations, find_id
from evidence import kept_by, occurrences
from refusals import expect_refusal, refused
from weavz_sdk import WeavzClient

LARGEST_BODY = 1_048_576


def test_rate_limit(start_portal):
    portal = start_portal(PORTAL_RATE_LIMIT="5", PORTAL_PUBLIC_RATE_LIMIT="20")
    asked = [("/workspaces", 200), ("/workspaces/1", 404), ("/workspaces?limit=0", 400), ("/none", 404), ("", 404)]
    with client_of(portal) as client:
        for left, (path, status) in zip([4, 3, 2, 1, 0], asked, strict=True):
            answer = client.get(path)
            assert answer.status_code == status, answer.text
            assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("5", str(left))
            assert 0 <= int(answer.headers["x-ratelimit-reset"]) - int(time.time()) <= 61
        over = client.get("/workspaces")
    assert expect_refusal(over, 429, "RATE_LIMIT_EXCEEDED") == {}
    assert over.json()["error"] == "Rate limit exceeded"
    assert over.headers["x-ratelimit-remaining"] == "0"
    assert 1 <= int(over.headers["retry-after"]) <= 12

    # Who shows no valid key is counted by address, pages and requests together.
    without_key = httpx.get(f"{portal.url}/api/v1/workspaces")
    expect_refusal(without_key, 401, "UNAUTHENTICATED")
    assert without_key.headers["x-ratelimit-limit"] == "20"
    for _ in range(20):
        httpx.get(f"{portal.url}/connect")
    for path in ("/api/v1/workspaces", "/api/v1/integrations", "/connect"):
        over = httpx.get(portal.url + path)
        assert (over.status_code, int(over.headers["retry-after"]) > 0) == (429, True), path
    assert httpx.get(f"{portal.url}/ready").status_code == 200


def test_official_client_waits_out_the_rate_limit(start_portal):
    portal = start_portal(PORTAL_RATE_LIMIT="60")
    impatient = WeavzClient(portal.api_key, base_url=portal.url, max_retries=0)
    with refused(429, "RATE_LIMIT_EXCEEDED"):
        for _ in range(200):
            impatient.workspaces.list()
    patient = WeavzClient(portal.api_key, base_url=portal.url)
    assert patient.workspaces.create(name="Waited", slug="waited")["workspace"]["slug"] == "waited"


def test_quotas(start_portal):
    limits = {"/workspaces": 2, "/api-keys": 4, "/end-users": 2, "/connections": 2}
    settings = ("PORTAL_MAX_WORKSPACES", "PORTAL_MAX_API_KEYS", "PORTAL_MAX_END_USERS", "PORTAL_MAX_CONNECTIONS")
    portal = start_portal(**dict(zip(settings, map(str, limits.values()), strict=True)))
    with client_of(portal) as client:

        def create():
            return client.post(path, json=creations(portal.workspace_id, str(uuid4()))[path])

        for path, limit in limits.items():
            # The first start made a workspace and keys.
            there = client.get(path, params={"workspaceId": portal.workspace_id}).json()["total"]
            *_, newest = made = [create() for _ in range(there, limit)]
            assert [answer.status_code for answer in made] == [201] * len(made)
            expect_refusal(create(), 403, "QUOTA_EXCEEDED")
            assert client.delete(f"{path}/{find_id(newest.json())}").status_code == 200
            assert create().status_code == 201


def test_open_sessions(start_portal):
    portal = start_portal(PORTAL_MAX_OPEN_SESSIONS="4", PORTAL_MAX_END_USER_SESSIONS="2")
    with client_of(portal) as client:

        def mint(user=None):
            body = {
                "integrationName": "openai",
                "connectionName": "Notes",
                "externalId": str(uuid4()),
                "workspaceId": portal.workspace_id,
            }
            return client.post("/connect/token", json=body | ({"endUserId": user} if user else {}))

        first, second = mint("ada"), mint("ada")
        assert [first.status_code, second.status_code] == [200, 200]
        expect_refusal(mint("ada"), 403, "QUOTA_EXCEEDED")
        assert [mint("bob").status_code, mint().status_code] == [200, 200]
        expect_refusal(mint(), 403, "QUOTA_EXCEEDED")
        assert client.delete(f"/connect/session/{first.json()['sessionId']}").status_code == 200
        assert mint("ada").status_code == 200


def more_than_the_largest_body(start=b'{"name": "'):
    yield start
    yield b"a" * LARGEST_BODY
    yield b'"}'


@pytest.mark.parametrize(
    ("status", "code", "request_parts"),
    [
        (413, "PAYLOAD_TOO_LARGE", {"content": b"".join(more_than_the_largest_body())}),
        (413, "PAYLOAD_TOO_LARGE", {"content": more_than_the_largest_body}),
        (413, "PAYLOAD_TOO_LARGE", {"content": b" " * 40 * LARGEST_BODY}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"data": {"name": "a"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"files": {"name": b"a"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"content": b"{}", "headers": {"Content-Encoding": "gzip"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"method": "GET", "headers": {"Content-Encoding": "gzip"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"content": b"{}", "headers": {"Content-Type": "application/json;charset=x"}}),
        (415, "UNSUPPORTED_MEDIA_TYPE", {"content": b"{}", "headers": {"Content-Type": ""}}),
        (400, "INVALID_JSON", {"content": b""}),
        (400, "INVALID_JSON", {"content": b'{"name": "a"'}),
        (400, "INVALID_JSON", {"content": b'{"name": "\xff"}'}),
        (405, "METHOD_NOT_ALLOWED", {"method": "PUT", "json": {}}),
        (404, "NOT_FOUND", {"url": "/api/v1/nowhere", "json": {}}),
    ],
    ids=lambda value: None if isinstance(value, dict) else str(value),
)
def test_request_that_is_not_read(status, code, request_parts, api):
    parts = {"method": "POST", "url": "/api/v1/workspaces", "headers": {}} | request_parts
    if callable(parts.get("content")):
        parts["content"] = parts["content"]()
    if "content" in parts:
        parts["headers"] = {"Content-Type": "application/json"} | parts["headers"]
    answer = api.request(**parts)
    expect_refusal(answer, status, code)
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert api.get("/api/v1/workspaces").status_code == 200


def test_repeated_requests(start_portal):
    portal = start_portal()
    bodies = creations(portal.workspace_id, "repeated")

    def send(path, change=None):
        with client_of(portal) as client:
            return client.post(path, json=bodies[path] | (change or {}), headers={"Idempotency-Key": f"first-{path}"})

    def totals():
        with client_of(portal) as client:
            return {path: client.get(path).json()["total"] for path in ("/workspaces", "/api-keys", "/connections")}

    before = totals()
    first = {path: send(path) for path in bodies}
    assert {answer.status_code for answer in first.values()} == {200, 201}
    for restarted in (False, True):
        if restarted:
            portal.restart()
        for path, answer in first.items():
            again = send(path)
            assert (again.status_code, again.content) == (answer.status_code, answer.content), path
            expect_refusal(send(path, {"displayName": "another"}), 409, "IDEMPOTENCY_CONFLICT")
    assert totals() == {path: total + 1 for path, total in before.items()}
    assert occurrences({"key": {first["/api-keys"].json()["plainKey"]}}, kept_by(portal)) == []


def test_repeated_requests_at_the_same_time(api, workspace):
    body = {"workspaceId": workspace["id"], "externalId": "ada"}

    def send(_):
        return api.post("/api/v1/end-users", json=body, headers={"Idempotency-Key": f"ada-{workspace['id']}"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(16)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}


@pytest.mark.parametrize("key", ["", "two words", "a" * 256, "é".encode()])
def test_bad_idempotency_key(key, api):
    answer = api.post("/api/v1/workspaces", json={"name": "a", "slug": "a"}, headers={"Idempotency-Key": key})
    expect_refusal(answer, 400, "VALIDATION_ERROR", "Idempotency-Key")
