"""What is wrong at the start is one line, with the setting's name and without its secret; and nothing is served."""

import os
import socket
import stat
from contextlib import closing

import pytest
from portal import free_port_pair, run_command

SECRET = "hunter2-and-more"
# The command, the settings in which it differs, the exit code, and what the operator reads.
CASES = {
    "demo under another name": (
        "demo",
        {"PORTAL_PUBLIC_URL": "https://connect.example.com"},
        78,
        "only on this machine",
    ),
    "http under another name": ("serve", {"PORTAL_PUBLIC_URL": "http://connect.example.com"}, 78, "https"),
    "http at an address": ("serve", {"PORTAL_PUBLIC_URL": "http://192.0.2.1"}, 78, "https"),
    "http at nearly loopback": ("serve", {"PORTAL_PUBLIC_URL": "http://127.0.0.1.example.com"}, 78, "https"),
    "user in the public URL": (
        "serve",
        {"PORTAL_PUBLIC_URL": f"https://a:{SECRET}@b.example"},
        78,
        "PORTAL_PUBLIC_URL",
    ),
    "misspelt setting": ("serve", {"PORTAL_PUBLIC_URI": SECRET}, 78, "PORTAL_PUBLIC_URI"),
    "misspelt in the file": ("serve", {"PORTAL_CONFIG": "{file}"}, 78, "PORTAL_SECRET"),
    "no keys in the setting": ("serve", {"PORTAL_ENCRYPTION_KEYS": f"k1:{SECRET}"}, 78, "PORTAL_ENCRYPTION_KEYS"),
    "no certificates": ("serve", {"PORTAL_CA_FILE": "{file}"}, 78, "PORTAL_CA_FILE"),
    "no OAuth apps": ("serve", {"PORTAL_OAUTH_APPS": "{file}"}, 78, ""),
    "no definitions": ("serve", {"PORTAL_INTEGRATIONS_DIR": "{directory}/none"}, 78, ""),
    "address in use": ("serve", {"PORTAL_PORT": "{taken}"}, 1, "in use"),
    "no such address": ("serve", {"PORTAL_HOST": "192.0.2.1"}, 1, "cannot listen"),
    "a directory for the database": ("serve", {"PORTAL_DATABASE_URL": "sqlite:{directory}"}, None, ""),
    "no database": (
        "serve",
        {"PORTAL_DATABASE_URL": "sqlite:{file}", "PORTAL_ENCRYPTION_KEYS": "{key}"},
        1,
        "database",
    ),
}
KEY = "k1:" + "A" * 42 + "A="


@pytest.mark.parametrize("case", CASES)
def test_start(case, tmp_path):
    command, settings, code, words = CASES[case]
    file = tmp_path / "file"
    file.write_text(f"PORTAL_SECRET={SECRET}\n" + "x" * 5000)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        places = {"file": file, "directory": tmp_path, "taken": taken.getsockname()[1], "key": KEY}
        given = {name: value.format(**places) for name, value in settings.items()}
        database = f"sqlite:{tmp_path}/data/portal.sqlite"
        standard = {"PORTAL_DATABASE_URL": database, "PORTAL_PORT": str(free_port_pair())}
        run = run_command(command, **standard | given)
    assert run.returncode == code if code else run.returncode in {1, 78}, run
    [line] = run.stderr.splitlines()
    assert line.startswith("connect-portal: ") and words in line
    assert SECRET not in run.stdout + run.stderr
    assert "is ready at" not in run.stdout


def test_files_are_for_their_owner_only(start_sqlite_portal):
    """Also where the directory is open to all, and whatever the umask lets through."""
    mask = os.umask(0o000)
    try:
        portal = start_sqlite_portal()
    finally:
        os.umask(mask)
    portal.directory.chmod(0o755)
    for _ in range(2):
        modes = {file.name: stat.S_IMODE(file.lstat().st_mode) for file in portal.directory.glob("portal.sqlite*")}
        assert {"portal.sqlite", "portal.sqlite-wal", "portal.sqlite.keys", "portal.sqlite.socket"} <= modes.keys()
        assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
        portal.restart()
