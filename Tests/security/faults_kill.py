"""Ends the process at the N-th write to the disk: while four apps are at work, and in its first start."""

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from faults_round import Round, damages
from faults_told import report
from faults_tracer import tracing
from faults_wrappers import started_by, strace_from_start
from folders import made
from judged_portal import JudgedPortal
from portal import START_SECONDS, Portal

APPS = 4
DEATH_SECONDS = 60
COUNTS = [1, 2, 3, 5, 8, 13, 34]
# Which calls, counted in each thread; those on the file itself are a checkpoint's.
POINTS = [
    *(("pwrite64", number, None) for number in [*COUNTS, 89, 233]),
    *(("fdatasync", number, None) for number in COUNTS[:6]),
    *(("pwrite64", number, "portal.sqlite") for number in (1, 2, 20)),
    ("fdatasync", 1, "portal.sqlite"),
]
FIRST_STARTS = [("pwrite64", number) for number in (1, 2, 9, 40, 90)] + [("fdatasync", number) for number in (1, 2, 4)]


def kills_at_work(app: JudgedPortal, problems: Counter[str]) -> str:
    """How often, and after how many acknowledged calls."""
    acknowledged = 0
    for call, number, file in POINTS:
        found: Counter[str] = Counter()
        only = [app.portal.directory / file] if file else []
        output = app.portal.directory / "strace"
        with tracing(app.portal.process.pid, output, call, f"{call}:signal=KILL:when={number}", *only):
            played = work_until_death(app, found)
        app.start()
        for one in played:
            one.examine()
            acknowledged += one.acknowledged
        found.update(damages(app.portal.directory / "portal.sqlite"))
        report(f"killed at {call} {number}{f' of {file}' if file else ''}", found, problems)
    return f"killed at {len(POINTS)} writes after {acknowledged} acknowledged calls"


def work_until_death(app: JudgedPortal, problems: Counter[str]) -> list[Round]:
    played: list[Round] = []

    def work() -> None:
        while app.portal.process.poll() is None:
            try:
                played.append(Round(app, problems))
            except (httpx.TransportError, AssertionError):
                continue
            played[-1].ask_everything()

    with ThreadPoolExecutor(APPS) as threads:
        for app_at_work in [threads.submit(work) for _ in range(APPS)]:
            app_at_work.result(DEATH_SECONDS)
    assert app.portal.process.wait() == -signal.SIGKILL, app.portal.log
    return played


def kills_at_first_start(root: Path, problems: Counter[str]) -> str:
    """Whatever was left of a first start, the next one makes a whole of it."""
    killed = 0
    for call, number in FIRST_STARTS:
        directory = made(root / f"{call}-{number}")
        command = strace_from_start(directory / "strace", call, f"signal=KILL:when={number}")
        with started_by(directory / "start", *command):
            portal = Portal(directory, command="serve")
            try:
                portal.wait_until_ready()
                portal.process.kill()
                problems[f"a first start makes no {call} number {number}"] += 1
            except AssertionError:
                killed += 1
            portal.process.wait(START_SECONDS)
        portal.start()
        portal.wait_until_ready()
        report(f"killed at its first start's {call} {number}", Counter(damages(directory / "portal.sqlite")), problems)
        portal.stop()
    return f"at {killed} writes of a first start"
