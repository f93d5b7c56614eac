"""Whether two hundred clients that are slow in each way there is are put out in time, and nobody else notices."""

import asyncio
import re
import resource
import subprocess
import sys
from pathlib import Path

from portal import Portal, running_portal, wait_for

from folders import made
from slow_clients_crowd import CROWD, crowd_problems
from slow_clients_healthy import HealthyClient
from slow_clients_sockets import DEADLINES, all_kinds, unread

CONNECTIONS = 200
# How slowhttptest goes about it, and whether the server must end it before the test's own end.
TOOLS = {
    "headers": (["-H", "-l", "40", "-i", "2"], True),
    "body": (["-B", "-l", "60", "-i", "2", "-t", "POST", "-s", "100000", "-x", "10", "-f", "application/json"], True),
    "read": (["-X", "-l", "20", "-w", "8", "-y", "16", "-n", "4", "-z", "8", "-k", "3"], False),
}
LONGEST_HEALTHY = 1.0
SETTLING_SECONDS = 20
# Besides what the portal keeps open for itself: the probe's, and one that is just being closed.
SPARE_DESCRIPTORS = 4
MOST_MEGABYTES = 256
# Enough for all that are slow at once, on both sides.
OPEN_FILES = 4096


def main(directory: Path) -> list[str]:
    problems = []
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, most), most))
    with running_portal(made(directory / "portal"), command="serve") as portal:
        with HealthyClient(portal) as warm:
            warm.wait_for_answers(20)
        begin = descriptors(portal)
        with HealthyClient(portal) as healthy:
            for name, (options, ends) in TOOLS.items():
                problems += slow_tool(name, options, ends, portal, directory)
                print(f"{name}: a healthy request waited {healthy.longest:.2f} s at most so far")
            with unread(portal, CONNECTIONS):
                problems += slow_connections(portal)
                problems += left_over(begin, portal, "those who read nothing")
        problems += left_over(begin, portal, "all")
        megabytes = memory(portal)
    problems += [f"{megabytes} MB of memory at the worst"] if megabytes > MOST_MEGABYTES else []
    problems += healthy.problems
    problems += crowd_problems(made(directory / "crowd"))
    problems += [f"a healthy request took {healthy.longest:.2f} s"] if healthy.longest >= LONGEST_HEALTHY else []
    for problem in problems:
        print(problem)
    print(
        f"{CONNECTIONS} connections in each of {len(TOOLS)} ways of slowhttptest and {len(DEADLINES)} of our own, "
        f"{CROWD} at once, {megabytes} MB; "
        f"{len(healthy.seconds)} healthy requests: half within {healthy.median * 1000:.0f} ms, "
        f"all within {healthy.longest * 1000:.0f} ms; {len(problems)} problems"
    )
    return problems


def slow_tool(name: str, options: list[str], ends: bool, portal: Portal, directory: Path) -> list[str]:
    # Something large where the answer is to be read slowly.
    address = f"{portal.url}/api/v1/openapi.json" if name == "read" else f"{portal.url}/api/v1/connect/session/poll"
    many = ["-c", str(CONNECTIONS), "-r", str(CONNECTIONS), "-p", "2", "-u", address]
    ran = subprocess.run(["slowhttptest", *options, *many], capture_output=True, text=True, errors="replace")
    said = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", ran.stdout)
    (directory / f"slowhttptest-{name}.txt").write_text(said)
    exits = re.findall(r"Exit status: *(.*)", said)
    print(f"{name}: {exits}")
    if not exits:
        return [f"slowhttptest, {name}: came to no end"]
    was_ended = "No open connections left" in exits[-1]
    return [] if was_ended or not ends else [f"slowhttptest, {name}: {exits[-1].strip()}: nobody was put out"]


def slow_connections(portal: Portal) -> list[str]:
    ended = asyncio.run(all_kinds(portal, CONNECTIONS))
    problems = []
    for kind, seconds in ended.items():
        slowest = max((second for second in seconds if second is not None), default=0)
        print(f"{kind}: {sum(second is not None for second in seconds)} ended, the last after {slowest:.1f} s")
        late = [second for second in seconds if second is None or second > DEADLINES[kind]]
        if late:
            problems.append(f"{kind}: {len(late)} of {len(seconds)} were not put out within {DEADLINES[kind]} s")
    return problems


def descriptors(portal: Portal) -> int:
    return len(list(Path(f"/proc/{portal.process.pid}/fd").iterdir()))


def memory(portal: Portal) -> int:
    """The most that was used at any time, in megabytes."""
    status = Path(f"/proc/{portal.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


def left_over(begin: int, portal: Portal, who: str) -> list[str]:
    try:
        wait_for(lambda: descriptors(portal) <= begin + SPARE_DESCRIPTORS, SETTLING_SECONDS, lambda: "")
    except AssertionError:
        return [f"{descriptors(portal)} open files after {who}, {begin} at the beginning"]
    return []


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
