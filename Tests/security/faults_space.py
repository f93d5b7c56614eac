"""A file system that really has no byte left."""

from collections import Counter
from pathlib import Path
from shutil import copytree, ignore_patterns

from faults_round import Round, damages
from faults_told import expect_readiness, report
from faults_wrappers import SmallDisk, started_by
from folders import made
from judged_portal import JudgedPortal, running_judged_portal

DISK_BYTES = 4_000_000
MOST_CALLS = 500


def full_disk(root: Path, problems: Counter[str]) -> str:
    """What is acknowledged while it is full is there after the power failed."""
    data = made(root / "data")
    disk = SmallDisk(data, DISK_BYTES)
    settings = {"PORTAL_DATABASE_URL": f"sqlite:{data}/portal.sqlite", "PORTAL_LOG_LEVEL": "critical"}
    found: Counter[str] = Counter()
    try:
        with (
            started_by(root / "start", *disk.command),
            running_judged_portal(lambda name: made(root / name), **settings) as app,
        ):
            before, after = play(app, disk, found), Round(app, found)
            after.ask_everything()
            if after.refused:
                found["a call was refused although there is room again"] += 1
            app.kill_and_start()
            before.examine()
            after.examine()
            app.kill()
            copytree(disk.path, root / "copy", ignore=ignore_patterns("*.socket", "*.lock"))
            found.update(damages(root / "copy/portal.sqlite"))
            app.start()
    finally:
        disk.close()
    report("the disk was full", found, problems)
    return f"a full disk of {DISK_BYTES // 1000} kB refused {before.refused} calls"


def play(app: JudgedPortal, disk: SmallDisk, problems: Counter[str]) -> Round:
    played = Round(app, problems)
    disk.fill()
    # SQLite may have room in its log from before.
    for _ in range(MOST_CALLS):
        answer = app.client.post("/connections", json=app.body(app.judge.new_grant(), 3600))
        if not answer.is_success:
            break
    if answer.status_code != 503:
        problems[f"on a full disk {answer.status_code} instead of a 503"] += 1
    played.ask_everything(must_refuse=True)
    expect_readiness(app, 503, 5, problems, "although the disk is full")
    disk.make_room()
    expect_readiness(app, 200, 10, problems, "although there is room again")
    return played
