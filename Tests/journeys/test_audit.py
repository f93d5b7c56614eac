"""`connect-portal audit`: the log is whole, or the command says where it is not."""

import json
import re
import sqlite3

import pytest
from clients import client_of
from commands import expect_failure, run_well


def audit(portal, *arguments: str) -> list[str]:
    return run_well("audit", *arguments, PORTAL_DATABASE_URL=portal.database_url)


def test_log_is_proven_and_exported_beside_the_server(filled):
    with client_of(filled) as client:
        count, heads = read_proof(audit(filled, "verify"))
        assert count > 0 and len(heads) == 1
        made = client.post("/workspaces", json={"name": "Audited", "slug": "audited"}).json()["workspace"]
        [entry] = client.get("/activity", params={"objectId": made["id"]}).json()["activity"]
    later, _ = read_proof(audit(filled, "verify", "--head", heads[0]))
    assert later > count

    lines = [json.loads(line) for line in audit(filled, "export")]
    assert len(lines) == later
    [exported] = [line for line in lines if line["id"] == entry["id"]]
    assert {name: exported[name] for name in entry} == entry
    assert [int(line["head"].split(":")[1]) for line in lines] == list(range(1, later + 1))

    filled.stop()
    assert read_proof(audit(filled, "verify"))[0] >= later
    filled.start()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE activity SET actorId = 'nobody' WHERE seq = 2", "entry 2 of chain 0 is altered"),
        ("DELETE FROM activity WHERE seq = 2", "entry 2 of chain 0 is missing"),
    ],
)
def test_hand_in_the_file_is_found(filled, statement, words):
    filled.stop()
    with sqlite3.connect(filled.directory / "portal.sqlite") as database:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute(statement)
        database.execute("DROP TRIGGER activityIsNotChanged")
        database.execute("DROP TRIGGER activityIsKept")
        database.execute(statement)
    database.close()
    settings = {"PORTAL_DATABASE_URL": filled.database_url}
    expect_failure(f"the audit log is not as it was written: {words}", "audit", "verify", **settings)
    filled.start()


def test_head_must_be_one(filled):
    settings = {"PORTAL_DATABASE_URL": filled.database_url}
    expect_failure("--head must be chain:seq:code", "audit", "verify", "--head", "0:1:x", **settings)


def read_proof(lines: list[str]) -> tuple[int, list[str]]:
    count = re.fullmatch(r"(\d+) entries, all as they were written", lines[0])
    assert count, lines
    return int(count[1]), [line.removeprefix("head ") for line in lines[1:]]
