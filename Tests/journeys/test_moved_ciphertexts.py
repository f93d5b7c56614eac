"""Who can write the database file cannot make one row's secret serve as another's: it does not open, and is told."""

import sqlite3
from contextlib import closing

import pytest
from clients import client_of
from portal import wait_for

THEIRS = "sk-of-theirs-1852"
# What stands in place of a connection's credentials.
SPOILT = {
    "of another connection": "(SELECT credentials FROM connection WHERE externalId = 'theirs')",
    "of an OAuth app": "(SELECT clientSecret FROM oauthApp LIMIT 1)",
    "of an answer": "(SELECT body FROM idempotentAnswer LIMIT 1)",
    "with its first bit turned": "turned(credentials, 0)",
    "with a bit of the key's name turned": "turned(credentials, 2)",
    "with a bit of the nonce turned": "turned(credentials, 4)",
    "with its last bit turned": "turned(credentials, -1)",
    "cut": "cut(credentials)",
    "of one byte": "x'01'",
    "in clear": """CAST('{"secretText":"sk-of-nobody"}' AS BLOB)""",
}
UPDATES = {case: f"UPDATE connection SET credentials = {value} WHERE externalId = ?" for case, value in SPOILT.items()}
UPDATES["of another version"] = "UPDATE connection SET credentialVersion = credentialVersion + 1 WHERE externalId = ?"
ANSWER = "UPDATE idempotentAnswer SET body = (SELECT body FROM idempotentAnswer WHERE idempotencyKey LIKE '% {}') "
UPDATES["an answer"] = ANSWER.format("theirs") + "WHERE idempotencyKey LIKE '% ' || replace(?, ' ', '-')"


def turned(sealed: bytes, index: int) -> bytes:
    changed = bytearray(sealed)
    changed[index] ^= 1
    return bytes(changed)


@pytest.fixture(scope="module")
def spoilt(start_sqlite_portal):
    """A portal in whose database each case is a row."""
    portal = start_sqlite_portal()
    with client_of(portal) as client:
        for case in [*UPDATES, "theirs", "good"]:
            assert connect(client, case).status_code == 201
            assert make_key(client, case).status_code == 201
        app = {"integrationName": "github", "clientId": "a", "clientSecret": "a client secret"}
        assert client.post("/oauth-apps", json=app).status_code == 201
    portal.stop()
    with closing(sqlite3.connect(portal.directory / "portal.sqlite")) as database, database:
        database.create_function("turned", 2, turned)
        database.create_function("cut", 1, lambda sealed: sealed[:-1])
        for case, update in UPDATES.items():
            assert database.execute(update, (case,)).rowcount == 1
    portal.start()
    portal.wait_until_ready()
    return portal


def connect(client, case: str):
    body = {"type": "SECRET_TEXT", "integrationName": "sandbox", "externalId": case, "displayName": case}
    return client.post("/connections", json=body | {"secretText": THEIRS if case == "theirs" else f"sk-of-{case}"})


def make_key(client, case: str):
    return client.post("/api-keys", json={"name": "Same"}, headers={"Idempotency-Key": case.replace(" ", "-")})


def reveal(client, case: str):
    [connection] = client.get("/connections", params={"externalId": case}).json()["connections"]
    return client.get(f"/connections/{connection['id']}/credentials")


@pytest.mark.parametrize("case", [case for case in UPDATES if case != "an answer"])
def test_credentials(case, spoilt):
    with client_of(spoilt) as client:
        expect_nothing(reveal(client, case), spoilt)
        assert reveal(client, "good").json()["credentials"] == {"secretText": "sk-of-good"}, "the rest is served"


def test_answer_to_an_idempotency_key(spoilt):
    with client_of(spoilt) as client:
        theirs = make_key(client, "theirs").json()["plainKey"]
        answer = make_key(client, "an answer")
        expect_nothing(answer, spoilt)
        assert theirs not in answer.text


def expect_nothing(answer, portal) -> None:
    assert (answer.status_code, answer.json()["code"]) == (500, "INTERNAL_ERROR")
    for secret in (THEIRS, "sk-of", "a client secret", "wvz_"):
        assert secret not in answer.text
    wait_for(lambda: is_told(portal.log, answer.headers["x-request-id"]), 5, lambda: portal.log)


def is_told(log: str, request: str) -> bool:
    """At level error, with what is wrong."""
    lines = [line for line in log.splitlines() if request in line and " error " in line]
    return any(word in line for word in ("damaged", "unknownFormat", "unknownKey") for line in lines)
