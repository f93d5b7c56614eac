"""A PostgreSQL that cannot be used: at the start one clear line, later a passing trouble that loses nothing."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from clients import client_of, slugs
from creations import creations
from load import Load
from portal import free_port_pair, run_command, running_portal, wait_for
from postgresql import running_postgresql
from refusals import expect_refusal


@pytest.fixture(scope="module")
def server():
    """One that may be stopped, unlike that of the other journeys."""
    with running_postgresql() as server:
        yield server


@pytest.fixture
def start(tmp_path):
    """Starts the portal with the settings that a server gave."""
    return lambda settings: running_portal(tmp_path, command="serve", **settings)


# What is wrong with the URL, the exit code, and what the line on stderr says; {name} and {place} are those in the URL.
UNUSABLE = {
    "wrong password": (
        lambda url: re.sub(":[0-9a-f]{32}@", ":secret-but-wrong@", url),
        (1, r"the database {name} at {place} cannot be used: .*password"),
    ),
    "unknown database": (
        lambda url: url + "_elsewhere",
        (1, r"the database {name}_elsewhere at {place} cannot be used: .*does not exist"),
    ),
    "nothing listening": (
        lambda url: re.sub(r":\d+/", f":{free_port_pair()}/", url),
        (1, r"the database {name} at 127\.0\.0\.1:\d+ cannot be used: .*[Cc]onnection refused"),
    ),
    "unknown parameter": (lambda url: url + "?nonsense=1", (78, "PORTAL_DATABASE_URL .*nonsense")),
    "no number for a port": (
        lambda url: re.sub(r":\d+/", ":port/", url),
        (1, "the database {name} at 127.0.0.1:port cannot be used: .*port"),
    ),
    "unescaped password": (
        lambda url: re.sub(":[0-9a-f]{32}@", ":secret@but-wrong@", url),
        (78, "PORTAL_DATABASE_URL"),
    ),
    "half an address": (lambda url: url.replace("127.0.0.1", "[::1"), (78, "PORTAL_DATABASE_URL")),
    "another engine": (lambda url: url.replace("postgresql:", "mysql:"), (78, "PORTAL_DATABASE_URL")),
}


@pytest.mark.parametrize("trouble", UNUSABLE)
def test_address_that_is_unusable(trouble, server):
    change, expected = UNUSABLE[trouble]
    settings = server.settings()
    address = urlsplit(settings["PORTAL_DATABASE_URL"])
    settings["PORTAL_DATABASE_URL"] = change(settings["PORTAL_DATABASE_URL"])
    exit_code, words = expected
    words = words.replace("{name}", address.path[1:]).replace("{place}", f"127.0.0.1:{address.port}")
    expect_start_error(settings, exit_code, words)


def test_no_encryption_keys(server):
    expect_start_error({"PORTAL_DATABASE_URL": server.new_database()}, 78, "PORTAL_ENCRYPTION_KEYS")


def test_schema_of_a_newer_version(server, start):
    settings = server.settings()
    with start(settings) as portal:
        known = server.query("SELECT value FROM setting WHERE name = 'schemaVersion'", portal.database_url)
    change = "UPDATE setting SET value = '{}' WHERE name = 'schemaVersion'"
    server.query(change.format(999), portal.database_url)
    expect_start_error(settings, 1, rf"(?=.*schema version)(?=.*\b999\b)(?=.*\b{known}\b)")
    server.query(change.format(known), portal.database_url)
    with start(settings) as portal, client_of(portal) as client:
        assert slugs(client) == {"default"}


def expect_start_error(settings: dict[str, str], exit_code: int, words: str) -> None:
    run = run_command("serve", **settings)
    [line] = run.stderr.splitlines()
    assert re.match(f"connect-portal: .*(?:{words})", line), line
    assert (run.returncode, run.stdout) == (exit_code, ""), line
    assert not re.search("[0-9a-f]{32}|but-wrong", line), "a password was told"


def test_server_that_goes_away_and_comes_back(server, start):
    """In the middle of transactions, as in a failover."""
    with start(server.settings()) as portal, client_of(portal) as client:
        token = mint(portal, client)
        with Load(portal) as load:
            for _ in range(3):
                load.wait_for_answers()
                server.stop()
                load.wait_for_refusals()
                expect_away(portal, client, token)
                server.start()
                load.wait_for_answers()
        assert load.problems == []
        assert slugs(client) == {"default"} | load.acknowledged
        assert httpx.get(f"{portal.url}/ready").status_code == 200


def mint(portal, client: httpx.Client) -> str:
    body = creations(portal.workspace_id, "away")["/connect/token"] | {"integrationName": "openai"}
    return client.post("/connect/token", json=body).json()["token"]


def expect_away(portal, client: httpx.Client, token: str) -> None:
    assert httpx.get(f"{portal.url}/health").status_code == 200
    # A good answer holds for a second.
    wait_for(lambda: httpx.get(f"{portal.url}/ready", timeout=30).status_code == 503, 5, lambda: portal.log)
    unknown_key = {"Authorization": f"Bearer wvz_{'a' * 32}"}
    answers = [
        client.get("/workspaces"),
        client.get("/workspaces", headers=unknown_key),
        client.get("/connections", params={"id": portal.workspace_id}),
        client.post("/workspaces", json={"name": "Away", "slug": "away"}),
        client.post("/connect/session/poll", json={"token": token}),
        client.delete(f"/workspaces/{portal.workspace_id}"),
    ]
    for answer in answers:
        expect_refusal(answer, 503, "SERVICE_UNAVAILABLE")
        assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("connections", ["1", "10"])
def test_connections_are_cut(connections, server, start):
    settings = server.settings() | {"PORTAL_DATABASE_POOL": connections}
    with start(settings) as portal, client_of(portal) as client:
        with Load(portal) as load:
            for _ in range(10):
                load.wait_for_answers(3)
                assert server.end_connections(portal.database_url) > 0
        assert load.problems == []
        assert slugs(client) == {"default"} | load.acknowledged


def test_no_connection_is_left(server, start):
    """The server takes no more connections of this role, which is not its superuser."""
    server.query(f"CREATE ROLE modest LOGIN PASSWORD '{urlsplit(server.url).password}'")
    settings = server.settings() | {"PORTAL_DATABASE_URL": server.new_database(owner="modest")}
    with start(settings) as portal, client_of(portal) as client:
        assert client.post("/workspaces", json={"name": "Before", "slug": "before"}).status_code == 201
        token = mint(portal, client)
        server.query("ALTER ROLE modest CONNECTION LIMIT 0")
        server.end_connections(portal.database_url)
        expect_away(portal, client, token)
        server.query("ALTER ROLE modest CONNECTION LIMIT -1")
        wait_for(lambda: client.get("/workspaces").status_code == 200, 10, lambda: portal.log)
        assert client.post("/workspaces", json={"name": "After", "slug": "after"}).status_code == 201
        assert slugs(client) == {"default", "before", "after"}
