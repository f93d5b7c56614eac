"""How often the disk is asked to keep what was written, and what happens when it cannot be read."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from faults_round import Round
from faults_told import report
from faults_tracer import tracing
from judged_portal import JudgedPortal

COMMITS = 40
APPS = 8


def durable_commits(app: JudgedPortal, problems: Counter[str]) -> str:
    """No answer comes before an `fdatasync` of its own; those of writes that wait together may be one."""
    found: Counter[str] = Counter()
    kept = app.connect()
    with tracing(app.portal.process.pid, app.portal.directory / "strace", "fdatasync,fsync") as tracer:
        alone = 0
        for number in range(COMMITS):
            rename(app, kept.id, number)
            seen = tracer.count("fdatasync")
            if seen <= alone:
                found["an answer came before an fdatasync"] += 1
            alone = seen
        with ThreadPoolExecutor(APPS) as threads:
            list(threads.map(lambda number: rename(app, kept.id, number), range(COMMITS, 2 * COMMITS)))
        together = tracer.count("fdatasync") - alone
    if not 1 <= together <= COMMITS + 10:
        found[f"{together} times fdatasync for {COMMITS} commits that waited together"] += 1
    report("all is well", found, problems)
    return f"{COMMITS} commits one by one took {alone} fdatasync, and {COMMITS} by {APPS} at once {together}"


def rename(app: JudgedPortal, connection: str, number: int) -> None:
    answer = app.client.patch(f"/connections/{connection}", json={"displayName": f"Number {number}"})
    assert answer.status_code == 200, answer.text


def failing_reads(app: JudgedPortal, problems: Counter[str]) -> str:
    """A key or a connection that cannot be read is not said to be gone."""
    hits = 0
    for number in (1, 4, 8):
        found: Counter[str] = Counter()
        played = Round(app, found)
        app.portal.restart()
        files = [app.portal.directory / name for name in ("portal.sqlite", "portal.sqlite-wal")]
        injection = f"pread64:error=EIO:when={number}+"
        output = app.portal.directory / "strace"
        with tracing(app.portal.process.pid, output, "pread64", injection, *files) as tracer:
            played.ask_everything()
            hits += tracer.hits
        app.kill_and_start()
        played.examine()
        report(f"reads fail from number {number} on", found, problems)
    if not hits:
        problems["no read of the database was made to fail"] += 1
    return f"{hits} reads of it failed"
