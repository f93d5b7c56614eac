"""A round of calls while system calls fail, and a look at what is left after a restart."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import httpx
from faults_operations import OPERATIONS, Operation
from faults_scene import Scene
from judged_portal import JudgedPortal
from portal import run_command

# Who waits longer has had no answer: new tokens wait for half a minute for room on the disk.
PATIENCE_SECONDS = 3


class Round:
    """What was answered, and what is wrong."""

    def __init__(self, app: JudgedPortal, problems: Counter[str]):
        self.problems = problems
        self.refused = self.acknowledged = 0
        self._scene = Scene(app)
        self._done: dict[str, dict | None] = {}

    def ask_everything(self, *, must_refuse: bool = False) -> None:
        for operation in OPERATIONS:
            self._done[operation.name] = self._ask(operation)
            if must_refuse and self._done[operation.name] is not None:
                self.problems[f"{operation.name}: answered although no write succeeds"] += 1

    def _ask(self, operation: Operation) -> dict | None:
        """What is answered must be success, or a 503 that holds no secret."""
        try:
            answer = operation.send(self._scene, PATIENCE_SECONDS)
        except httpx.TransportError:
            return None
        if answer.is_success:
            self.acknowledged += 1
            return answer.json()
        self.refused += 1
        if (answer.status_code, answer.json()["code"]) != (503, "SERVICE_UNAVAILABLE"):
            self.problems[f"{operation.name}: {answer.status_code} {answer.json()['code']} instead of a 503"] += 1
        if self._scene.is_told(answer):
            self.problems[f"{operation.name}: a refusal with a secret in it"] += 1
        return None

    def examine(self) -> None:
        """After a restart."""
        for operation in OPERATIONS:
            done = self._done.get(operation.name)
            try:
                if not operation.is_right(self._scene, done):
                    told = "refused, and there in part" if done is None else "acknowledged, and not there"
                    self.problems[f"{operation.name}: {told}"] += 1
            except (AssertionError, KeyError, ValueError) as error:
                self.problems[f"{operation.name}: {type(error).__name__} {error} after the restart"] += 1


def damages(path: Path) -> list[str]:
    """What SQLite, and the chain of the audit log, find wrong with the file."""
    log = run_command("audit", "verify", PORTAL_DATABASE_URL=f"sqlite:{path}")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        found = [verdict for (verdict,) in database.execute("PRAGMA integrity_check") if verdict != "ok"]
        orphans = database.execute("PRAGMA foreign_key_check")
        found += [] if log.returncode == 0 else [log.stderr]
        return found + [f"a row of {table} without its parent" for table, *_ in orphans]
