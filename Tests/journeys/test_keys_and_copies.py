"""`keys` and `refreshes`: what operators do when a key has to change, or a database was copied."""

import shutil

from clients import client_of
from commands import contents_of, run_well


def test_keys_change_while_the_server_runs(filled):
    database = {"PORTAL_DATABASE_URL": filled.database_url}
    before = contents_of(filled)
    [line] = run_well("keys", "status", **database)
    assert line.startswith("k1  ") and line.endswith("values  (seals)")
    values = int(line.split()[1])
    assert values > 0

    [line] = run_well("keys", "add", **database)
    assert line.startswith("k2 is in front of ")
    filled.restart()
    assert run_well("keys", "status", **database) == ["k2  0 values  (seals)", f"k1  {values} values"]
    [line] = run_well("keys", "rotate", **database)
    assert line == f"{values} values sealed anew by k2"
    assert run_well("keys", "status", **database) == [f"k2  {values} values  (seals)", "k1  0 values"]

    keys = filled.directory / "portal.sqlite.keys"
    keys.write_text(keys.read_text().split(",")[0])
    filled.restart()
    assert contents_of(filled) == before
    assert run_well("keys", "rotate", **database) == ["0 values sealed anew by k2"]


def test_restored_backup_renews_no_tokens(filled, tmp_path):
    database = {"PORTAL_DATABASE_URL": filled.database_url}
    assert run_well("refreshes", **database) == ["tokens are renewed from this database"]
    filled.restart()
    assert run_well("refreshes", **database) == ["tokens are renewed from this database"]

    copy = tmp_path / "copy.sqlite"
    run_well("backup", str(copy), **database)
    filled.stop()
    original = filled.directory / "portal.sqlite"
    for file in original, *filled.directory.glob("portal.sqlite-*"):
        file.unlink(missing_ok=True)
    shutil.copy(copy, original)
    filled.start()
    filled.wait_until_ready()
    assert run_well("refreshes", **database) == ["paused: this database is a copy"]
    assert "this database is a copy" in filled.log
    with client_of(filled) as client:
        assert client.get("/connections").status_code == 200

    assert run_well("refreshes", "resume", **database) == ["tokens are renewed from this database"]
    filled.restart()
    assert run_well("refreshes", **database) == ["tokens are renewed from this database"]
