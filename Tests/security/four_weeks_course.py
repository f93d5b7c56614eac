"""Lets four weeks pass: an outage, new encryption keys, restarts, and an app that reads credentials all the time."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from commands import keys_of, run_well
from four_weeks_calendar import HOUR, Calendar
from four_weeks_objects import Objects
from portal import wait_for

DAYS = 28
STEP = 300
OUTAGE = range(5, 7)
ROTATION_DAY = 9
# Restarted every day until then; afterwards memory is watched.
LAST_RESTART = 14
# Days with hours in which nobody reads: the portal renews by itself, in time.
WATCHED = (3, 12, 25)
WATCHED_SECONDS = 3 * HOUR
PATIENCE_SECONDS = 15


class Course:
    """What was seen on the way goes to `problems`."""

    def __init__(self, objects: Objects, calendar: Calendar):
        self.problems: list[str] = []
        # Resident, in MiB, by day.
        self.memory: dict[int, float] = {}
        self._objects, self._calendar = objects, calendar
        self._portal = objects.app.portal
        self._database = self._portal.directory / "portal.sqlite"

    def run(self) -> None:
        for day in range(DAYS):
            self._begin(day)
            if day in WATCHED:
                self._watch()
            while self._calendar.day == day:
                self._calendar.move(STEP)
                self._read_what_is_due()
            self._settle()
            self.memory[day] = resident(self._portal.process.pid)

    def _begin(self, day: int) -> None:
        self._objects.app.judge.is_down = day in OUTAGE
        if day in OUTAGE[:1]:
            self._objects.removed.delete()
        if day == ROTATION_DAY:
            self._change_encryption_key()
        elif 0 < day <= LAST_RESTART:
            self._portal.restart()

    def _change_encryption_key(self) -> None:
        # By the real clock: with faketime the program takes no arguments.
        database = {"PORTAL_DATABASE_URL": self._portal.database_url}
        run_well("keys", "add", **database)
        self._portal.restart()
        run_well("keys", "rotate", **database)
        file = self._portal.directory / "portal.sqlite.keys"
        file.write_text(keys_of(self._portal).split(",")[0])
        self._portal.restart()
        self._objects.make_later_link()

    def _watch(self) -> None:
        """In small steps, each of which waits until the portal has done what was due."""
        for _ in range(WATCHED_SECONDS // STEP):
            self._calendar.move(STEP)
            self._settle()
            for name, kept in self._objects.renewed.items():
                if kept.look()["expiresAt"] <= self._calendar.after(0):
                    self.problems.append(f"{name} was left to expire on day {self._calendar.day}")

    def _read_what_is_due(self) -> None:
        if self._objects.app.judge.is_down:
            self._objects.busy.credentials()
            return
        due = self._due()
        for name, kept in (("busy", self._objects.busy), ("robot", self._objects.robot)):
            if kept.id in due:
                token = kept.access_token()
                if token != kept.grant.live_access_token:
                    self.problems.append(f"{name}: a token that is no good on day {self._calendar.day}")

    def _settle(self) -> None:
        """Until nothing is due."""
        wait_for(lambda: not self._due(), PATIENCE_SECONDS, lambda: f"still due on day {self._calendar.day}")

    def _due(self) -> set[str]:
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as database:
            now = int(self._calendar.now * 1000)
            return {row for (row,) in database.execute("SELECT connectionId FROM renewal WHERE dueAt <= ?", (now,))}


def resident(pid: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024
