"""A locked or full SQLite file is a passing trouble: 503, never a wrong answer, and nothing acknowledged is lost."""

import resource
import sqlite3

import httpx
from clients import client_of, slugs
from refusals import expect_refusal


def test_locked_database(start_sqlite_portal):
    portal = start_sqlite_portal()
    with client_of(portal) as client:
        other = sqlite3.connect(portal.directory / "portal.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        refused = client.post("/workspaces", json={"name": "Locked", "slug": "locked"})
        expect_refusal(refused, 503, "SERVICE_UNAVAILABLE")
        assert int(refused.headers["retry-after"]) >= 1
        assert client.get("/workspaces").status_code == 200, "reading goes on"
        assert httpx.get(f"{portal.url}/ready", timeout=30).status_code == 503
        other.execute("ROLLBACK")
        other.close()

        assert client.post("/workspaces", json={"name": "Free", "slug": "free"}).status_code == 201
        assert slugs(client) == {"default", "free"}


def test_full_disk(start_sqlite_portal):
    portal = start_sqlite_portal(PORTAL_LOG_LEVEL="critical")
    with client_of(portal) as client:
        grown = 4 * sum(file.stat().st_size for file in portal.directory.glob("portal.sqlite*"))
        resource.prlimit(portal.process.pid, resource.RLIMIT_FSIZE, (grown, resource.RLIM_INFINITY))
        acknowledged = {"default"}
        for number in range(5000):
            slug = f"w-{number}"
            answer = client.post("/workspaces", json={"name": "x" * 200, "slug": slug})
            if answer.status_code != 201:
                break
            acknowledged.add(slug)
        expect_refusal(answer, 503, "SERVICE_UNAVAILABLE")
        assert answer.headers["retry-after"]
        assert slugs(client) == acknowledged

        resource.prlimit(portal.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert client.post("/workspaces", json={"name": "Room again", "slug": "room-again"}).status_code == 201
        assert slugs(client) == acknowledged | {"room-again"}
