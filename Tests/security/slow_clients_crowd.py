"""More connections than the portal may have open files: who was there before goes on, and who comes after gets in."""

import os
import resource
import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from portal import Portal, running_portal, wait_for

CROWD = 5000
ADDRESSES = 100
OPEN_FILES = 1024
WATCHED_SECONDS = 5
LONGEST_SECONDS = 1.0
# Of one core, while nobody but one asks anything; and what may be said about it.
MOST_CPU = 0.8
MOST_LINES = 100


def crowd_problems(directory: Path) -> list[str]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The portal inherits it at its start.
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, most))
    with running_portal(directory, command="serve", PORTAL_LOG_LEVEL="info") as portal:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(2 * CROWD, most), most))
        headers = {"Authorization": f"Bearer {portal.api_key}"}
        with httpx.Client(base_url=portal.url, headers=headers, timeout=20) as old:
            assert old.get("/api/v1/workspaces").status_code == 200
            lines = portal.log.count("\n")
            crowd = come(portal)
            problems = watched(portal, old)
            for connection in crowd:
                connection.close()
            said = portal.log.count("\n") - lines
        problems += [f"{said} lines in the log about the crowd"] if said > MOST_LINES else []
        problems += welcomed(portal)
    print(f"crowd: {len(crowd)} connections, {said} lines in the log")
    return problems


def come(portal: Portal) -> list[socket.socket]:
    """Whoever is not let in waits at the door."""
    crowd = []
    for number in range(CROWD):
        connection = socket.socket()
        # No address has so many that it would be for that.
        connection.bind((f"127.0.4.{number % ADDRESSES + 1}", 0))
        connection.setblocking(False)
        with suppress(BlockingIOError):
            connection.connect(("127.0.0.1", urlsplit(portal.url).port))
        crowd.append(connection)
    return crowd


def watched(portal: Portal, old: httpx.Client) -> list[str]:
    """What is wrong while the crowd is there: the old client's waiting, and the portal's pains."""
    begin, spent = time.monotonic(), processor_seconds(portal)
    longest, problems = 0.0, []
    while time.monotonic() - begin < WATCHED_SECONDS:
        asked = time.monotonic()
        try:
            status = old.get("/api/v1/workspaces").status_code
        except httpx.TransportError as error:
            status = repr(error)
        longest = max(longest, time.monotonic() - asked)
        if status != 200:
            problems.append(f"in the crowd an old client is answered {status}")
        time.sleep(0.1)
    share = (processor_seconds(portal) - spent) / (time.monotonic() - begin)
    print(f"crowd: an old client waited {longest * 1000:.0f} ms at most, {share:.0%} of a core")
    problems += [f"in the crowd an old client waited {longest:.1f} s"] if longest > LONGEST_SECONDS else []
    problems += [f"the crowd costs {share:.0%} of a core"] if share > MOST_CPU else []
    return list(dict.fromkeys(problems))


def welcomed(portal: Portal) -> list[str]:
    """Once the crowd has gone, everybody is let in."""

    def answers() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{portal.url}/ready", timeout=2).status_code == 200
        return False

    try:
        wait_for(answers, 10, lambda: "")
    except AssertionError:
        return ["after the crowd nobody is let in"]
    return []


def processor_seconds(portal: Portal) -> float:
    fields = Path(f"/proc/{portal.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
