"""What the answers say about who may do what with them, and which of them are pages of the popup's way."""

import sqlite3
from urllib.parse import urlsplit

import httpx
from stage import Stage
from walk import CALLBACK

NOBODY = "00000000-0000-7000-8000-000000000000"
# Pages by how they are asked for, with the status that each must have.
PAGES = [
    *(("GET", "/docs", 200), ("GET", "/nowhere", 404), ("GET", "/", 404), ("GET", "/%zz", 404), ("PUT", "/docs", 405)),
    *(("GET", "/connect", 410), ("GET", f"/connect/{NOBODY}", 410), ("GET", "/connect?token=a", 401)),
    *(("POST", f"/connect/{NOBODY}", 403), ("PUT", "/connect", 405), ("GET", "/connect/portal", 410)),
    *(("GET", CALLBACK, 400), ("GET", f"{CALLBACK}?state={'a' * 43}&code=a", 404), ("POST", CALLBACK, 415)),
    ("POST", "/connect/portal/rename", 403),
]
DATA = [
    *(("GET", "/health", 200), ("GET", "/api/v1/workspaces", 401), ("GET", "/api/v1/nowhere", 404)),
    *(("PUT", "/api/v1/workspaces", 405), ("POST", "/api/v1/connect/session/poll", 415), ("GET", "/connect.js", 200)),
    *(("GET", "/assets/portal.css", 200), ("GET", "/favicon.svg", 200), ("GET", "/api/v1/openapi.json", 200)),
]


def header_problems(stage: Stage) -> tuple[list[str], int]:
    """What is wrong, and of how many answers."""
    problems, answers = [], 0
    with httpx.Client(base_url=stage.portal.url) as client:
        for method, path, status in [*PAGES, *DATA]:
            answer = client.request(method, path)
            answers += 1
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            if answer.status_code != status or is_page != ((method, path, status) in PAGES):
                problems.append(f"{method} {path}: {answer.status_code} {answer.headers.get('content-type')}")
            if answer.status_code == 405 and not answer.headers.get("allow"):
                problems.append(f"{method} {path}: 405 without Allow")
            problems += [f"{method} {path}: {fault}" for fault in policy_faults(str(answer.url), answer.headers)]
    for kind, answer in {"429": crowded(stage), "503": locked_out(stage)}.items():
        answers += 1
        if f"{answer.status_code}" != kind:
            problems.append(f"wanted a page that says {kind}: {answer.status_code}")
        problems += [f"{kind}: {fault}" for fault in policy_faults(str(answer.url), answer.headers)]
    return problems, answers


def policy_faults(url: str, headers: dict[str, str]) -> list[str]:
    """What is wrong with the policies of an answer."""
    faults = []
    policy = headers.get("content-security-policy", "")
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    wanted = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
    if {name: directives.get(name) for name in wanted} != wanted or "form-action" not in directives:
        faults.append(f"policy {policy!r}")
    if any(word in policy for word in ("unsafe-", "*;", "https:;", "http:;")):
        faults.append(f"policy allows too much: {policy!r}")
    opener = headers.get("cross-origin-opener-policy", "unsafe-none")
    expected = "unsafe-none" if is_on_the_way(url) else "same-origin"
    if opener != expected and headers.get("content-type", "").startswith("text/html"):
        faults.append(f"opener policy {opener}, not {expected}")
    if "cross-origin-resource-policy" not in headers:
        faults.append("no resource policy")
    return faults


def is_on_the_way(url: str) -> bool:
    """Whether it is a page that a popup goes through."""
    path = urlsplit(url).path
    return path == "/connect" or path.startswith(("/connect/", CALLBACK))


def crowded(stage: Stage) -> httpx.Response:
    """A page of a portal that answers one a minute."""
    httpx.get(f"{stage.crowded.url}/connect")
    return httpx.get(f"{stage.crowded.url}/connect")


def locked_out(stage: Stage) -> httpx.Response:
    """A page of a portal that cannot write."""
    minted = stage.mint()
    with httpx.Client(base_url=stage.portal.url, headers={"Origin": stage.portal.url}, timeout=60) as person:
        person.get(minted["connectUrl"])
        other = sqlite3.connect(stage.portal.directory / "portal.sqlite", isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            return person.post(f"/connect/{minted['sessionId']}", data={"method": "oauth2", "display": "page"})
        finally:
            other.close()
