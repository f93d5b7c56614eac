"""Everywhere that a portal leaves something: files, databases, processes, what it sent to browsers and by mail."""

import json
from pathlib import Path

import httpx
from portal import API_KEY, Portal, run_command
from postgresql import dump
from sentinel_secrets import Secrets

Place = tuple[str, bytes, set[str]]
# What a page must know for a moment: the browser is the person's own.
IN_HEADERS = {
    "set-cookie": {"cookie", "portal token"},
    "location": {"state", "confirm handle", "connect token", "portal token"},
}
# The page that tells its opener, which then asks the app's backend.
IN_BODIES = {"confirm handle"}


def files(portal: Portal, temporary: str) -> list[Place]:
    """The log, the database with its journals, temporary files; and what is open, also if its name is gone."""
    roots = (portal.directory, Path(temporary))
    found = [path for root in roots for path in root.rglob("*") if path.is_file()]
    found += [path for path in Path(f"/proc/{portal.process.pid}/fd").iterdir() if path.resolve().is_file()]
    places = []
    for path in found:
        content = path.read_bytes()
        if path == portal.log_path or path.resolve() == portal.log_path:
            # The first start prints the first key, once.
            content = API_KEY.sub("", content.decode(errors="replace"), count=1).encode()
        places.append((path.name if "fd" not in path.parts else f"open file {path.resolve().name}", content, set()))
    return places


def databases(portal: Portal, settings: dict[str, str], directory: Path) -> list[Place]:
    """A backup or a dump, and a copy."""
    source = {"PORTAL_DATABASE_URL": portal.database_url} | {
        name: settings[name] for name in ("PORTAL_ENCRYPTION_KEYS", "PORTAL_INTEGRATIONS_DIR", "PORTAL_OAUTH_APPS")
    }
    places = []
    if portal.database_url.startswith("sqlite:"):
        places += command("backup", str(directory / "backup.sqlite"), **source)
        places.append(("a backup", (directory / "backup.sqlite").read_bytes(), set()))
    else:
        places.append(("a dump of PostgreSQL", dump(portal.database_url), set()))
    for arguments in (["keys", "status"], ["refreshes", "status"], ["api-key", "list"], ["help", "settings"]):
        places += command(*arguments, **source)
    for arguments in (["audit", "verify"], ["audit", "export"]):
        if "audit" in run_command("help").stdout:
            places += command(*arguments, **source)
    return places


def copies(portal: Portal, settings: dict[str, str], directory: Path) -> list[Place]:
    """Made while the server is stopped."""
    target = directory / "copy.sqlite"
    keys = {"PORTAL_ENCRYPTION_KEYS": settings["PORTAL_ENCRYPTION_KEYS"]}
    places = command("copy", "--from", portal.database_url, "--to", f"sqlite:{target}", **keys)
    return [*places, *((path.name, path.read_bytes(), set()) for path in directory.glob("copy.sqlite*"))]


def command(*arguments: str, **settings: str) -> list[Place]:
    run = run_command(*arguments, **settings)
    assert run.returncode == 0, f"{arguments[0]}: {run.stderr}"
    return [(f"the output of {arguments[0]}", (run.stdout + run.stderr).encode(), set())]


def processes(portal: Portal) -> list[Place]:
    """The command line, which every user of the machine may read, and the children with theirs."""
    root = Path(f"/proc/{portal.process.pid}")
    children = " ".join(path.read_text() for path in root.glob("task/*/children")).split()
    assert not children, f"the portal started {len(children)} processes"
    return [("the command line", (root / "cmdline").read_bytes(), set())]


def pages(recordings: Path, origin: str) -> list[Place]:
    """Every header and body that the portal sent to a browser."""
    places = []
    for recording in recordings.glob("*.har"):
        for entry in json.loads(recording.read_text())["log"]["entries"]:
            address = entry["request"]["url"].partition("?")[0]
            if not address.startswith(f"{origin}/"):
                continue
            answer = entry["response"]
            path = address.removeprefix(origin)
            for header in answer["headers"]:
                name = header["name"].lower()
                places.append((f"{name} of {path}", header["value"].encode(), IN_HEADERS.get(name, set())))
            places.append((f"the page {path}", answer["content"].get("text", "").encode(), IN_BODIES))
    return places


def metrics(address: str | None) -> list[Place]:
    return [("/metrics", httpx.get(f"http://{address}/metrics").content, set())] if address else []


def expect_substance(places: list[Place]) -> None:
    """What is searched is what was meant: the log of the requests, pages for people, and what the database holds."""
    everything = b"\n".join(content for _, content, _ in places)
    log = b"".join(content for name, content, _ in places if name == "portal.log")
    assert b"/api/v1/connect/oauth-callback" in log, "the log of the requests was not searched"
    assert b"<h1" in everything, "no page was searched"
    assert b"ada@service.example" in everything, "no database was searched"


def search(secrets: Secrets, places: list[Place]) -> list[str]:
    """Every kind of secret that is where it does not belong; places of one name are one place."""
    together: dict[tuple[str, frozenset[str]], list[bytes]] = {}
    for name, content, belongs in places:
        together.setdefault((name, frozenset(belongs)), []).append(content)
    return sorted(
        f"{found}: in {name}"
        for (name, belongs), contents in together.items()
        for found in secrets.found_in(b"\n".join(contents), belongs)
    )
