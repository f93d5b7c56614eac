"""Commands as operators run them, and what is in a portal before and after."""

import re

from clients import client_of
from contents import contents
from portal import run_command


def run_well(*arguments: str, **settings: str) -> list[str]:
    """The lines on stdout."""
    run = run_command(*arguments, **settings)
    assert (run.returncode, run.stderr) == (0, ""), run
    return run.stdout.splitlines()


def expect_failure(words: str, *arguments: str, **settings: str) -> None:
    run = run_command(*arguments, **settings)
    assert (run.returncode, run.stdout) == (1, ""), run
    [line] = run.stderr.splitlines()
    assert re.match(f"connect-portal: .*(?:{words})", line), line


def keys_of(portal) -> str:
    """What the portal made up as PORTAL_ENCRYPTION_KEYS."""
    return (portal.directory / "portal.sqlite.keys").read_text().strip()


def contents_of(portal) -> dict[str, list]:
    with client_of(portal) as client:
        return contents(portal, client)
