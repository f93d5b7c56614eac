"""Every answer says how it may be used: by whom, where and how long; and none says what made it."""

import json
import re
from urllib.parse import urlsplit

import httpx
import pytest
from hostile import TEXTS
from portal import REPOSITORY
from walk import CALLBACK

PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
REST_POLICY = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'"}
# Of every answer, whatever it is.
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
NEVER = [
    *("server", "x-powered-by", "via", "x-aspnet-version", "x-runtime", "access-control-allow-origin"),
    *("access-control-allow-credentials", "set-cookie", "etag"),
]
UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"
PAGES = {
    "/connect": 410,
    "/connect?token=cst_forged": 401,
    f"/connect/{UNKNOWN_ID}": 410,
    "/connect/portal": 410,
    CALLBACK: 400,
    f"{CALLBACK}?state={'a' * 43}&code=b": 404,
    "/docs": 200,
    "/": 404,
    "/nothing": 404,
}
FILES = [
    "/connect.js",
    "/connect.d.ts",
    "/favicon.svg",
    "/assets/portal.css",
    "/assets/portal.js",
    "/assets/reference.css",
]


def operations() -> list[tuple[str, str]]:
    document = json.loads((REPOSITORY / "Public/openapi.json").read_text())
    return [(method, path) for path, methods in document["paths"].items() for method in methods if path != "/docs"]


def policy(answer: httpx.Response) -> dict[str, str]:
    directives = answer.headers["content-security-policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def expect_headers(answer: httpx.Response, resource_policy: str = "same-origin") -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert [name for name in NEVER if name in answer.headers] == []
    assert answer.headers["cross-origin-resource-policy"] == resource_policy
    assert re.fullmatch(r"[0-9a-f]{20}", answer.headers["x-request-id"])
    for name in ("x-content-type-options", "content-security-policy", "cache-control", "referrer-policy"):
        assert len(answer.headers.get_list(name)) == 1, name


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_page(path, status, portal):
    answer = httpx.get(portal.url + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    expect_headers(answer)
    assert policy(answer) == PAGE_POLICY
    # Same-origin, because with none browsers say `Origin: null` with our own forms.
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "same-origin")
    if status != 200:
        assert answer.headers["x-request-id"] in answer.text, "the code to quote"


def test_page_that_leads_to_a_provider(portal, mint):
    """Its forms may lead to the provider's origin besides, and nothing else is different."""
    answer = httpx.get(mint()["connectUrl"])
    provider = policy(answer)["form-action"].split(" ")
    assert provider[0] == "'self'" and set(provider[1:]) == {portal.sandbox_url}
    assert policy(answer) | {"form-action": "'self'"} == PAGE_POLICY
    cookie = answer.headers.pop("set-cookie")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    expect_headers(answer)


@pytest.mark.parametrize(("method", "path"), operations(), ids=lambda value: value)
def test_operation(method, path, portal, api):
    path = re.sub(r"\{[^}]*\}", UNKNOWN_ID, path)
    without_key = httpx.request(method, portal.url + path)
    # A read of what is not there, or a body that is none: nothing of the portal is changed.
    with_key = api.request(method, path, content=b"" if method in {"post", "patch"} else None)
    for answer in (without_key, with_key):
        expect_headers(answer, "cross-origin" if path.endswith("openapi.json") else "same-origin")
        assert policy(answer) == REST_POLICY
        assert answer.headers["referrer-policy"] == "no-referrer"
        if not path.endswith("openapi.json"):
            assert answer.headers["cache-control"] == "no-store"
        if answer.status_code == 401 and "/connect/session/" not in path:
            assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", FILES)
def test_file(path, portal):
    answer = httpx.get(portal.url + path)
    expect_headers(answer, "cross-origin")
    assert policy(answer) == REST_POLICY
    assert re.fullmatch(r"public, max-age=\d+(, immutable)?", answer.headers["cache-control"])


def test_health_tells_nothing(portal):
    for path, body in (("/health", {"status": "ok"}), ("/ready", {"status": "ready"})):
        answer = httpx.get(portal.url + path)
        assert (answer.status_code, answer.json()) == (200, body)
        expect_headers(answer)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_no_page_of_another_site_may_read(origin, portal, api):
    """No answer but a session's own names an origin, and none lets cookies along."""
    for path in ("/docs", "/connect", "/health", "/api/v1/workspaces", "/api/v1/integrations", CALLBACK):
        for method in ("GET", "OPTIONS"):
            asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
            answer = api.request(method, path, headers=asked)
            assert not [name for name in answer.headers if name.startswith("access-control-")], path


def test_no_redirect_repeats_a_post(portal, mint):
    minted = mint()
    own = {"Origin": portal.url}
    with httpx.Client(base_url=portal.url, headers=own) as person:
        person.get(minted["connectUrl"])
        begun = person.post(f"/connect/{minted['sessionId']}", data={"method": "oauth2", "display": "page"})
        ended = person.post(f"/connect/{minted['sessionId']}/cancel", data={"display": "page"})
        form = person.post(CALLBACK, data={"state": "a" * 43, "code": "b"})
    for answer in (begun, ended, form):
        assert answer.status_code == 303
        assert urlsplit(answer.headers["location"]).fragment == ""
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "a b c d e f", "id\u00e9id\u00e9", TEXTS[0]], ids=ascii)
def test_request_id_that_is_none(given, portal):
    answer = httpx.get(f"{portal.url}/api/v1/nothing", headers={"X-Request-Id": given.encode()})
    assert re.fullmatch(r"[0-9a-f]{20}", answer.headers["x-request-id"])
    assert answer.json()["details"]["requestId"] == answer.headers["x-request-id"]
