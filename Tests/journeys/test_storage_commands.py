"""`migrate`, `backup` and `copy`: what operators do with the data."""

import re
import stat

from commands import contents_of, expect_failure, keys_of, run_well


def test_migrate(new_storage, start_portal, tmp_path):
    settings = {"PORTAL_DATABASE_URL": f"sqlite:{tmp_path}/portal.sqlite"} | new_storage()
    *made, line = run_well("migrate", **settings)
    assert re.fullmatch(r"schema version \d+", line)
    if settings["PORTAL_DATABASE_URL"].startswith("sqlite:"):
        [key] = made
        assert key.startswith("made a new encryption key in ")
    assert run_well("migrate", **settings) == [line]


def test_backup_while_running(filled, tmp_path):
    database = {"PORTAL_DATABASE_URL": filled.database_url}
    copy = tmp_path / "copy.sqlite"
    assert run_well("backup", str(copy), **database) == [f"wrote {copy}"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["copy.sqlite"]
    before = contents_of(filled)
    backed_up = copy.read_bytes()
    expect_failure("already", "backup", str(copy), **database)
    expect_failure("written", "backup", str(tmp_path / "nowhere/copy.sqlite"), **database)
    assert copy.read_bytes() == backed_up

    filled.restart(PORTAL_DATABASE_URL=f"sqlite:{copy}", PORTAL_ENCRYPTION_KEYS=keys_of(filled))
    assert contents_of(filled) == before


def test_backup_of_postgresql(postgresql, tmp_path):
    expect_failure("pg_dump", "backup", str(tmp_path / "copy"), **postgresql.settings())
    assert list(tmp_path.iterdir()) == []


def test_copy_there_and_back(filled, postgresql, tmp_path):
    keys = {"PORTAL_ENCRYPTION_KEYS": keys_of(filled)}
    before = contents_of(filled)
    places = [filled.database_url, postgresql.new_database(), f"sqlite:{tmp_path}/back.sqlite"]
    for source, target in zip(places, places[1:], strict=False):
        assert filled.stop() == 0
        rows = copied_rows(run_well("copy", "--from", source, "--to", target, **keys))
        assert rows["connection"] == len(before["connections"])
        assert rows["connectSession"] == len(before["sessions"])
        filled.start(PORTAL_DATABASE_URL=target, **keys)
        filled.wait_until_ready()
        assert contents_of(filled) == before


def copied_rows(lines: list[str]) -> dict[str, int]:
    tables = [re.fullmatch(r"(\w+) +(\d+) rows, verified", line) for line in lines]
    return {table[1]: int(table[2]) for table in tables}


def test_copy_that_is_refused(filled, postgresql, tmp_path):
    keys = {"PORTAL_ENCRYPTION_KEYS": keys_of(filled)}
    source, target = filled.database_url, postgresql.new_database()
    expect_failure("in use|running", "copy", "--from", source, "--to", target, **keys)
    expect_failure("no database", "copy", "--from", f"sqlite:{tmp_path}/none", "--to", target, **keys)
    before = contents_of(filled)
    filled.stop()
    run_well("copy", "--from", source, "--to", target, **keys)
    expect_failure("empty|data in", "copy", "--from", source, "--to", target, **keys)
    filled.start()
    filled.wait_until_ready()
    assert contents_of(filled) == before
