"""Lets the N-th write to the disk fail, then the next, as SQLite's own tests do."""

from collections import Counter
from dataclasses import dataclass

from faults_round import Round, damages
from faults_told import expect_readiness, report
from faults_tracer import tracing
from judged_portal import JudgedPortal

READY_SECONDS = 2
RECOVERY_SECONDS = 10


@dataclass(frozen=True)
class Fault:
    """`is_once`: only the N-th call fails, otherwise all from the N-th on."""

    call: str
    error: str
    is_once: bool
    # From one N to the next, and how many.
    stride: int = 1
    rounds: int = 40
    # Whether the portal goes on by itself when calls succeed again; after EIO nobody knows what the disk holds.
    recovers: bool = False

    def injection(self, number: int) -> str:
        return f"{self.call}:error={self.error}:when={number}{'' if self.is_once else '+'}"

    @property
    def name(self) -> str:
        return f"{self.call} {self.error}{' once' if self.is_once else ''}"


FAULTS = [
    Fault("fdatasync", "EIO", is_once=True),
    Fault("fdatasync", "EIO", is_once=False, stride=4, rounds=2),
    Fault("pwrite64", "ENOSPC", is_once=False, stride=29, recovers=True),
    Fault("pwrite64", "EIO", is_once=True, stride=29),
]


def failing_calls(app: JudgedPortal, problems: Counter[str]) -> str:
    """The number of rounds, and of calls that failed."""
    rounds = failed = refused = 0
    for fault in FAULTS:
        for number in [1 + step * fault.stride for step in range(fault.rounds)]:
            hits, refusals = play(app, fault, number, problems)
            if not hits:
                break
            rounds, failed, refused = rounds + 1, failed + hits, refused + refusals
    return f"{failed} writes failed in {rounds} rounds and {refused} calls were refused"


def play(app: JudgedPortal, fault: Fault, number: int, problems: Counter[str]) -> tuple[int, int]:
    found: Counter[str] = Counter()
    played = Round(app, found)
    output, log = (app.portal.directory / name for name in ("strace", "portal.sqlite-wal"))
    # What a checkpoint cannot copy from this file stays in it: SQLite says nothing of that.
    with tracing(app.portal.process.pid, output, fault.call, fault.injection(number), log) as tracer:
        played.ask_everything(must_refuse=number == 1 and not fault.is_once)
        if tracer.hits:
            expect_readiness(app, 503, READY_SECONDS, found, "although writes fail")
    if tracer.hits and fault.recovers:
        expect_readiness(app, 200, RECOVERY_SECONDS, found, "although there is room again")
    elif tracer.hits:
        expect_readiness(app, 503, 0, found, "after the disk failed")
        if app.client.post("/api-keys", json={"name": "late"}).is_success:
            found["a write was taken after the disk had failed"] += 1
    app.kill_and_start()
    played.examine()
    found.update(damages(app.portal.directory / "portal.sqlite"))
    report(f"{fault.name}, number {number}", found, problems)
    return tracer.hits, played.refused
