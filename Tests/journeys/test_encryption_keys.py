"""Without the right keys nothing starts, nothing is made up in their place, and a change of keys survives any end."""

import base64
import secrets
import sqlite3
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from clients import client_of
from commands import run_well
from grants import API_KEY_GRANT
from portal import BINARY, REPOSITORY, environment_without_settings, free_port_pair, run_command

VALUES = 1000


def key(length: int = 32) -> str:
    return base64.b64encode(secrets.token_bytes(length)).decode()


OTHER, SHORT = f"k1:{key()}", f"k1:{key(31)}"
# What became of the key file: its text, its mode, the setting beside it, and what the operator reads.
SPOILT = {
    "another key": (OTHER, 0o600, None, "not the ones"),
    "31 bytes": (SHORT, 0o600, None, "32 bytes"),
    "empty": ("", 0o600, None, "missing"),
    "no Base64": ("k1:?", 0o600, None, "32 bytes"),
    "readable by the group": (None, 0o640, None, "read by others"),
    "readable by all": (None, 0o604, None, "read by others"),
    "gone": (None, None, None, "is missing"),
    "another key in the setting": (None, 0o600, OTHER, "not the ones"),
}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """The settings of a database that has a key, and the file with that key."""
    database = tmp_path_factory.mktemp("sealed") / "portal.sqlite"
    settings = {"PORTAL_DATABASE_URL": f"sqlite:{database}", "PORTAL_PORT": str(free_port_pair())}
    run_well("api-key", "create", "--name", "First", **settings)
    return settings, database.with_name("portal.sqlite.keys")


@pytest.mark.parametrize("case", SPOILT)
def test_keys_that_are_not_right(case, sealed):
    (text, mode, setting, words), (settings, file) = SPOILT[case], sealed
    good = file.read_text()
    if text is not None:
        file.write_text(text)
    file.chmod(mode) if mode else file.unlink()
    given = {} if setting is None else {"PORTAL_ENCRYPTION_KEYS": setting}
    before = file.read_bytes() if file.exists() else None
    try:
        run = run_command("serve", **settings, **given)
        assert (file.read_bytes() if file.exists() else None) == before, "nothing is made up"
    finally:
        file.write_text(good)
        file.chmod(0o600)
    assert run.returncode == 78, run
    [line] = run.stderr.splitlines()
    assert line.startswith("connect-portal: ") and words in line
    for shown in (good.strip(), OTHER, SHORT):
        assert shown.partition(":")[2] not in run.stdout + run.stderr
    assert len(run_well("api-key", "list", **settings)) == 1, "with the right one all is there"


def test_killed_while_keys_change(start_sqlite_portal):
    portal = start_sqlite_portal()
    database = {"PORTAL_DATABASE_URL": portal.database_url}
    with client_of(portal) as client, ThreadPoolExecutor(8) as threads:
        made = threads.map(lambda number: connect(client, number), range(VALUES))
        assert set(made) == {201}
    portal.stop()
    killed_midway = 0
    for _ in range(2):
        run_well("keys", "add", **database)
        killed_midway += kill_midway(portal)
        # The rest is found, and what was done is not undone.
        portal.start()
        portal.wait_until_ready()
        assert "not the ones" not in portal.log
        portal.stop()
    assert killed_midway > 0
    run_well("keys", "rotate", **database)
    newest, *older = run_well("keys", "status", **database)
    assert newest.endswith(f"{VALUES} values  (seals)")
    assert older and all(line.endswith("  0 values") for line in older)

    keys = portal.directory / "portal.sqlite.keys"
    keys.write_text(keys.read_text().split(",")[0])
    portal.start()
    portal.wait_until_ready()
    with client_of(portal) as client:
        for number in range(0, VALUES, 100):
            [connection] = client.get("/connections", params={"externalId": f"k-{number}"}).json()["connections"]
            answer = client.get(f"/connections/{connection['id']}/credentials").json()
            assert answer["credentials"] == {"secretText": API_KEY_GRANT["secret_text"]}


def connect(client, number: int) -> int:
    body = {
        "type": "SECRET_TEXT",
        "integrationName": API_KEY_GRANT["integration_name"],
        "secretText": API_KEY_GRANT["secret_text"],
        "externalId": f"k-{number}",
        "displayName": "Key",
    }
    return client.post("/connections", json=body).status_code


def kill_midway(portal) -> bool:
    """Kills the command once some values are sealed anew; whether others were not."""
    command = subprocess.Popen(
        [BINARY, "keys", "rotate"],
        cwd=REPOSITORY,
        env=environment_without_settings() | {"PORTAL_DATABASE_URL": portal.database_url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    newest = (portal.directory / "portal.sqlite.keys").read_text().partition(":")[0]
    path = portal.directory / "portal.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as reader:
        while command.poll() is None and not sealed_by(reader, newest):
            time.sleep(0.001)
        command.kill()
        command.wait()
        return 0 < sealed_by(reader, newest) < VALUES


def sealed_by(reader, key: str) -> int:
    query = "SELECT COUNT(*) FROM connection WHERE CAST(substr(credentials, 3, ?) AS TEXT) = ?"
    return reader.execute(query, (len(key), key)).fetchone()[0]
